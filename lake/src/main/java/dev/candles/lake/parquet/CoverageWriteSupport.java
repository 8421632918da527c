package dev.candles.lake.parquet;

import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.CoverageRow;
import java.util.HashMap;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows of the coverage change log, of any streams. */
final class CoverageWriteSupport extends WriteSupport<CoverageRow> {
  private @Nullable RowWriter rows;

  @Override
  @SuppressWarnings("deprecation") // abstract still
  public WriteContext init(Configuration configuration) {
    return context();
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return context();
  }

  private static WriteContext context() {
    return new WriteContext(Messages.COVERAGE, new HashMap<>());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    rows = new RowWriter(consumer, Messages.COVERAGE);
  }

  @Override
  public void write(CoverageRow row) {
    Evidence evidence = row.evidence();
    Objects.requireNonNull(rows, "writer is not prepared")
        .start()
        .add(row.stream().venue())
        .add(row.stream().symbol())
        .add(row.stream().timeframe().label())
        .add(row.fromMs())
        .add(row.toMs())
        .add(row.state().name())
        .add(row.reason().name())
        .addOrNull(evidence == null ? null : evidence.name())
        .add(row.seq())
        .add(row.atMs())
        .end();
  }
}
