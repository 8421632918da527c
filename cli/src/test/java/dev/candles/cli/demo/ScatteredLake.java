package dev.candles.cli.demo;

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
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A lake of closed days in many small files: rows in any order, some twice, some revised, and a
 * change log of several files a day.
 */
final class ScatteredLake {
  /** Start of the first day. */
  static final long FIRST_MS = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();

  static final int DAYS = 2;
  private static final int ROWS = 60;
  private static final int MOST_ROWS_A_FILE = 4;
  private static final List<StreamKey> STREAMS =
      List.of(
          new StreamKey("coinbase", "BTC-USD", Timeframe.M1),
          new StreamKey("coinbase", "BTC-USD", Timeframe.M5),
          new StreamKey("kraken", "ETH-USD", Timeframe.M1),
          new StreamKey("kraken", "ETH-USD", Timeframe.M5),
          new StreamKey("okx", "SOL-USDT", Timeframe.M1),
          new StreamKey("okx", "SOL-USDT", Timeframe.M5));

  private final Path root;
  private final LakeLayout layout;
  private final SplittableRandom random;
  private int files;

  private ScatteredLake(Path root, long seed) {
    this.root = root;
    this.layout = new LakeLayout(root);
    this.random = new SplittableRandom(seed);
  }

  /** Writes one. */
  static void fill(Path root, long seed) throws IOException {
    ScatteredLake lake = new ScatteredLake(root, seed);
    for (int day = 0; day < DAYS; day++) {
      for (StreamKey stream : STREAMS) {
        lake.day(stream, FIRST_MS + day * Timeframe.D1.millis());
      }
    }
  }

  /** What our reader sees: the current version of every candle. */
  static List<Candle> read(Path root) throws IOException {
    List<Candle> candles = new ArrayList<>();
    FileLake lake = new FileLake(root.toString());
    for (StreamKey stream : STREAMS) {
      candles.addAll(lake.candles(stream, FIRST_MS, FIRST_MS + DAYS * Timeframe.D1.millis()));
    }
    if (lake.unreadableFiles() > 0) {
      throw new IOException("files that cannot be read: " + lake.unreadableFiles());
    }
    return candles;
  }

  private void day(StreamKey stream, long dayMs) throws IOException {
    List<Candle> first = new ArrayList<>();
    List<Candle> later = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      long openTimeMs = dayMs + i * stream.timeframe().millis();
      first.add(candle(stream, openTimeMs, 0));
      if (random.nextInt(8) == 0) {
        first.add(candle(stream, openTimeMs, 0));
      }
      int revisions = random.nextInt(12) - 8;
      for (int revision = 1; revision <= revisions; revision++) {
        later.add(candle(stream, openTimeMs, revision));
      }
    }
    scatter(Folder.CANDLES, first);
    scatter(Folder.REVISIONS, later);
    long silentMs = dayMs + ROWS * stream.timeframe().millis();
    for (int seq = 1; seq <= 3; seq++) {
      silent(stream, silentMs + seq * stream.timeframe().millis(), seq);
    }
  }

  private void scatter(Folder folder, List<Candle> rows) throws IOException {
    List<Candle> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + random.nextInt(1, MOST_ROWS_A_FILE + 1));
      Partition partition = Partition.of(rows.get(0).stream(), rows.get(0).openTimeMs());
      Path bucket = Files.createDirectories(layout.partition(folder, partition));
      files++;
      CandleFiles.write(bucket.resolve("c-" + files + "-0.parquet"), shuffled.subList(from, to));
      from = to;
    }
  }

  private void silent(StreamKey stream, long fromMs, long seq) throws IOException {
    long toMs = fromMs + stream.timeframe().millis();
    new CoverageAppender(new LakeLayout(root))
        .append(
            List.of(
                new CoverageRow(
                    stream,
                    fromMs,
                    toMs,
                    IntervalState.VERIFIED_EMPTY,
                    Reason.NONE,
                    Evidence.REST,
                    seq,
                    toMs)));
  }

  private static Candle candle(StreamKey stream, long openTimeMs, int revision) {
    double price = 100 + openTimeMs / 60_000 % 977 + revision * 0.125;
    return new Candle(
        stream,
        openTimeMs,
        new Ohlc(price, price + 2, price - 1, price + 0.5),
        Volumes.ofBase(3.25),
        new TradeRange(7L, openTimeMs / 1000, openTimeMs / 1000 + 6),
        new Provenance(Evidence.TRADE_CHAIN, "ws", revision, openTimeMs + 61_234));
  }
}
