package dev.candles.lake;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.LakeParquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** Values and files for tests. */
public final class Samples {
  public static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  public static final StreamKey ETH = new StreamKey("okx", "ETH-USDT", Timeframe.H1);

  /** 2026-01-09T00:00:00Z. */
  public static final long DAY = 1_767_916_800_000L;

  public static final long MINUTE = 60_000L;
  public static final long DAY_MILLIS = 86_400_000L;

  private Samples() {}

  /** A candle whose values follow from its open time and revision. */
  public static Candle candle(StreamKey stream, long openTimeMs, int revision) {
    double price = 100 + openTimeMs / 60_000 % 977 + revision * 0.125;
    return new Candle(
        stream,
        openTimeMs,
        new Ohlc(price, price + 2, price - 1, price + 0.1),
        new Volumes(3.25, price * 3.25, 1.25),
        new TradeRange(7L, openTimeMs / 1000, openTimeMs / 1000 + 6),
        new Provenance(Evidence.TRADE_CHAIN, "ws", revision, openTimeMs + 61_234));
  }

  public static CoverageRow row(
      StreamKey stream, long fromMs, long toMs, IntervalState state, long seq) {
    return new CoverageRow(
        stream, fromMs, toMs, state, Reason.NONE, Evidence.REST, seq, DAY + seq * 1000);
  }

  /** Writes candles of one partition as a checkpoint would. */
  public static Path write(Path root, Folder folder, List<Candle> candles) throws IOException {
    Path bucket = new LakeLayout(root).folder(folder).resolve(LakeLayout.bucket(candles.get(0)));
    Path file = newFile(bucket);
    try (ParquetWriter<Candle> writer = LakeParquet.candles(new LocalOutputFile(file))) {
      for (Candle candle : candles) {
        writer.write(candle);
      }
    }
    return file;
  }

  public static Path write(Path root, Candle... candles) throws IOException {
    return write(root, Folder.CANDLES, List.of(candles));
  }

  public static Path write(Path root, CoverageRow... rows) throws IOException {
    Path bucket = new LakeLayout(root).folder(Folder.COVERAGE).resolve(LakeLayout.bucket(rows[0]));
    Path file = newFile(bucket);
    try (ParquetWriter<CoverageRow> writer = LakeParquet.coverage(new LocalOutputFile(file))) {
      for (CoverageRow row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static Path newFile(Path bucket) throws IOException {
    Files.createDirectories(bucket);
    return bucket.resolve("c-" + UUID.randomUUID() + "-0.parquet");
  }
}
