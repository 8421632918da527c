package dev.candles.lake.parquet;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.CoverageRow;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.Type;

/**
 * Opens writers of the lake's files. Parquet v2; a dictionary only for the strings that repeat:
 * with one on the numbers an open writer of a day costs over twice the heap.
 */
public final class LakeParquet {
  /**
   * Small, because the column buffers start at a thousandth of it and hundreds are open at once.
   */
  private static final int PAGE_BYTES = 64 << 10;

  private static final long ROW_GROUP_BYTES = 4L << 20;

  private static final List<String> REPEATING =
      List.of("evidence", "source", "venue", "symbol", "timeframe", "state", "reason");

  private LakeParquet() {}

  /**
   * A writer of candles or revisions of one partition, snappy, for the few rows between two
   * checkpoints: most of such a file is footer, so it has statistics of the open time only and no
   * dictionary. It refuses a candle of another partition with an {@link IllegalArgumentException}.
   *
   * @throws IOException if the file cannot be created
   */
  public static ParquetWriter<Candle> candles(OutputFile file) throws IOException {
    Builder<Candle> builder = open(file, CandleWriteSupport::new, CompressionCodecName.SNAPPY);
    for (Type column :
        Schemas.CANDLE.getFields()) { // one flag for all has no effect in Parquet 1.15
      boolean wanted = column.getName().equals(Schemas.OPEN_TIME);
      builder.withStatisticsEnabled(column.getName(), wanted);
      builder.withSizeStatisticsEnabled(column.getName(), false);
    }
    return builder.build();
  }

  /**
   * The same for files that are written once and read often: zstd, which is smaller, statistics and
   * dictionaries.
   *
   * @throws IOException if the file cannot be created
   */
  public static ParquetWriter<Candle> compacted(OutputFile file) throws IOException {
    return dictionaries(open(file, CandleWriteSupport::new, CompressionCodecName.ZSTD)).build();
  }

  /**
   * A writer of coverage rows, snappy.
   *
   * @throws IOException if the file cannot be created
   */
  public static ParquetWriter<CoverageRow> coverage(OutputFile file) throws IOException {
    return dictionaries(open(file, CoverageWriteSupport::new, CompressionCodecName.SNAPPY)).build();
  }

  private static <T> Builder<T> open(
      OutputFile file, Supplier<WriteSupport<T>> support, CompressionCodecName codec)
      throws IOException {
    return new Builder<>(new BufferedOutput(file), support)
        .withConf(new PlainParquetConfiguration())
        .withCodecFactory(new Codecs())
        .withCompressionCodec(codec)
        .withWriterVersion(WriterVersion.PARQUET_2_0)
        .withRowGroupSize(ROW_GROUP_BYTES)
        .withPageSize(PAGE_BYTES)
        .withDictionaryPageSize(PAGE_BYTES)
        .withDictionaryEncoding(false);
  }

  private static <T> Builder<T> dictionaries(Builder<T> builder) {
    for (String repeating : REPEATING) {
      builder.withDictionaryEncoding(repeating, true);
    }
    return builder;
  }

  private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
    private final Supplier<WriteSupport<T>> support;

    Builder(OutputFile file, Supplier<WriteSupport<T>> support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder<T> self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still
    protected WriteSupport<T> getWriteSupport(Configuration configuration) {
      return support.get();
    }

    @Override
    protected WriteSupport<T> getWriteSupport(ParquetConfiguration configuration) {
      return support.get();
    }
  }
}
