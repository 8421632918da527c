package dev.candles.lake.parquet;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.CoverageRow;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Opens writers of the lake's files. Pages and encodings of Parquet's first version, because Flink
 * SQL 2.3, fastparquet and Spark before 3.3 do not read the second one's; it costs 7 % of the
 * bytes. A dictionary only for the strings that repeat: with one on the numbers an open writer of a
 * day costs over twice the heap.
 */
public final class LakeParquet {
  /**
   * Small, because the column buffers start at a thousandth of it and hundreds are open at once.
   */
  private static final int PAGE_BYTES = 64 << 10;

  private static final long ROW_GROUP_BYTES = 4L << 20;

  private LakeParquet() {}

  /**
   * A writer of candles or revisions of one partition, snappy. It refuses a candle of another
   * partition with an {@link IllegalArgumentException}.
   *
   * @throws IOException if the file cannot be created
   */
  public static ParquetWriter<Candle> candles(OutputFile file) throws IOException {
    return open(file, CandleWriteSupport::new, CompressionCodecName.SNAPPY);
  }

  /**
   * Like {@link #candles}, zstd: smaller, for files that are written once and read often.
   *
   * @throws IOException if the file cannot be created
   */
  public static ParquetWriter<Candle> compacted(OutputFile file) throws IOException {
    return open(file, CandleWriteSupport::new, CompressionCodecName.ZSTD);
  }

  /**
   * A writer of coverage rows, snappy.
   *
   * @throws IOException if the file cannot be created
   */
  public static ParquetWriter<CoverageRow> coverage(OutputFile file) throws IOException {
    return open(file, CoverageWriteSupport::new, CompressionCodecName.SNAPPY);
  }

  private static <T> ParquetWriter<T> open(
      OutputFile file, Supplier<WriteSupport<T>> support, CompressionCodecName codec)
      throws IOException {
    Builder<T> builder =
        new Builder<>(new BufferedOutput(file), support)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .withCompressionCodec(codec)
            .withWriterVersion(WriterVersion.PARQUET_1_0)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withPageSize(PAGE_BYTES)
            .withDictionaryPageSize(PAGE_BYTES)
            .withDictionaryEncoding(false);
    for (String repeating : new String[] {"evidence", "source", "venue", "symbol", "timeframe"}) {
      builder.withDictionaryEncoding(repeating, true);
    }
    return builder
        .withDictionaryEncoding("state", true)
        .withDictionaryEncoding("reason", true)
        .build();
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
