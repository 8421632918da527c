package dev.candles.lake.parquet;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.lake.layout.Partition;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the candles of one partition. A candle of another partition is refused: the path alone
 * says whose the rows are. Tells in the footer whether the open times were strictly ascending, as
 * builds of before want to know.
 */
final class CandleWriteSupport extends WriteSupport<Candle> {
  private final OnePartition partition = new OnePartition();
  private @Nullable RowWriter rows;
  private long lastOpenTimeMs = Long.MIN_VALUE;
  private boolean ascending = true;

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
    return new WriteContext(Messages.CANDLE, new HashMap<>());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    rows = new RowWriter(consumer, Messages.CANDLE);
  }

  @Override
  public void write(Candle candle) {
    partition.admit(candle);
    ascending &= candle.openTimeMs() > lastOpenTimeMs;
    lastOpenTimeMs = candle.openTimeMs();
    Objects.requireNonNull(rows, "writer is not prepared")
        .start()
        .add(candle.openTimeMs())
        .add(candle.open())
        .add(candle.high())
        .add(candle.low())
        .add(candle.close())
        .add(candle.volume())
        .addOrNull(candle.quoteVolume())
        .addOrNull(candle.takerBuyVolume())
        .addOrNull(candle.tradeCount())
        .addOrNull(candle.firstTradeId())
        .addOrNull(candle.lastTradeId())
        .add(true)
        .add(candle.evidence().name())
        .add(candle.provenance().source())
        .add(candle.revision())
        .add(candle.receivedAtMs())
        .end();
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    Map<String, String> footer = new HashMap<>();
    partition.partition().ifPresent(written -> note(written, footer));
    return new FinalizedWriteContext(footer);
  }

  private void note(Partition written, Map<String, String> footer) {
    StreamKey stream = written.stream();
    footer.put(Schemas.VENUE, stream.venue());
    footer.put(Schemas.SYMBOL, stream.symbol());
    footer.put(Schemas.TIMEFRAME, stream.timeframe().label());
    footer.put(Schemas.DATE, written.date().toString());
    if (ascending) {
      footer.put(Schemas.ORDER, Schemas.ASCENDING);
    }
  }
}
