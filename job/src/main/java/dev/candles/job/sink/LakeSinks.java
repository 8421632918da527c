package dev.candles.job.sink;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.feed.Reject;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.LakeParquet;
import dev.candles.lake.parquet.OnePartition;
import dev.candles.lake.reject.RejectLines;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * The four sinks of the lake. Each checkpoint closes its files; they become visible, whole, when
 * the checkpoint is complete, and never before.
 */
public final class LakeSinks {
  /**
   * A row that is kept costs 0.5 KB of heap, an open writer 80 KB with one row and 88 KB with so
   * many. From some 280 rows on a writer costs less than its rows.
   */
  private static final int ROWS_KEPT_PER_FILE = 64;

  /** Ten megabytes: all minutes and 5m candles of 1,500 markets in ten minutes. */
  private static final int ROWS_KEPT_PER_SUBTASK = 20_000;

  private LakeSinks() {}

  /** First versions of candles, Parquet. */
  public static FileSink<Candle> candles(LakeLayout layout) {
    return bulk(layout.folder(Folder.CANDLES), candleFiles(), new CandleDays());
  }

  /** Later versions of candles, Parquet. */
  public static FileSink<Candle> revisions(LakeLayout layout) {
    return bulk(layout.folder(Folder.REVISIONS), candleFiles(), new CandleDays());
  }

  /** The coverage change log, Parquet. */
  public static FileSink<CoverageRow> coverage(LakeLayout layout) {
    return bulk(
        layout.folder(Folder.COVERAGE),
        new ParquetWriterFactory<>(LakeParquet::coverage),
        new CoverageDays());
  }

  /** What was not believed, JSON lines. */
  public static FileSink<Reject> rejects(LakeLayout layout) {
    return FileSink.forRowFormat(FlinkPath.of(layout.folder(Folder.REJECTS)), new RejectEncoder())
        .withBucketAssigner(new RejectDays())
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .withOutputFileConfig(files(DataFiles.LINES_SUFFIX))
        .build();
  }

  /** Files of candles, each of one partition. */
  static BulkWriter.Factory<Candle> candleFiles() {
    return new BufferingWriterFactory<>(
        new ParquetWriterFactory<>(LakeParquet::candles),
        () -> new OnePartition()::admit,
        ROWS_KEPT_PER_FILE,
        ROWS_KEPT_PER_SUBTASK);
  }

  private static <T> FileSink<T> bulk(
      Path folder, BulkWriter.Factory<T> writer, BucketAssigner<T, String> days) {
    return FileSink.forBulkFormat(FlinkPath.of(folder), writer)
        .withBucketAssigner(days)
        .withOutputFileConfig(files(DataFiles.PARQUET_SUFFIX))
        .build();
  }

  private static OutputFileConfig files(String suffix) {
    return OutputFileConfig.builder()
        .withPartPrefix(DataFiles.PART_PREFIX)
        .withPartSuffix(suffix)
        .build();
  }

  private static final class RejectEncoder implements Encoder<Reject> {
    @Override
    public void encode(Reject reject, OutputStream stream) throws java.io.IOException {
      stream.write(RejectLines.encode(reject));
    }
  }

  private abstract static class Days<T> implements BucketAssigner<T, String> {
    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
      return SimpleVersionedStringSerializer.INSTANCE;
    }
  }

  private static final class CandleDays extends Days<Candle> {
    @Override
    public String getBucketId(Candle candle, Context context) {
      return LakeLayout.bucket(candle);
    }
  }

  private static final class CoverageDays extends Days<CoverageRow> {
    @Override
    public String getBucketId(CoverageRow row, Context context) {
      return LakeLayout.bucket(row);
    }
  }

  private static final class RejectDays extends Days<Reject> {
    @Override
    public String getBucketId(Reject reject, Context context) {
      return LakeLayout.bucket(reject);
    }
  }
}
