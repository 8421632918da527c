package dev.candles.batch.quality;

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
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.rollup.Rollup;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.RawFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A clean lake on disk, and ways to spoil it. Prices of all venues walk together; ids are
 * contiguous; at 03:10 five minutes of kraken are silent, and coverage says so.
 */
final class TestLake {
  static final long MINUTE = 60_000;
  static final long DAY = 86_400_000;
  static final long FIRST = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  static final StreamKey COINBASE = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  static final StreamKey KRAKEN = new StreamKey("kraken", "BTC-USD", Timeframe.M1);
  static final StreamKey OKX = new StreamKey("okx", "BTC-USDT", Timeframe.M1);

  /** A market of which only minutes are collected. */
  static final StreamKey MINUTES = new StreamKey("coinbase", "ETH-USD", Timeframe.M1);

  private static final List<Timeframe> TIMEFRAMES =
      List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1);

  final Path root;
  final LakeLayout layout;
  private final List<CoverageRow> coverage = new ArrayList<>();

  TestLake(Path root) {
    this.root = root;
    this.layout = new LakeLayout(root);
  }

  /** Writes days from {@link #FIRST} on. */
  TestLake fill(int days) throws IOException {
    for (int day = 0; day < days; day++) {
      for (StreamKey market : List.of(COINBASE, KRAKEN, OKX)) {
        List<Candle> minutes = minutes(market, day);
        write(minutes);
        for (Timeframe larger : TIMEFRAMES.subList(1, TIMEFRAMES.size())) {
          write(rollup(minutes, larger));
        }
      }
      write(minutes(MINUTES, day));
      long silent = FIRST + day * DAY + 190 * MINUTE;
      state(KRAKEN, silent, 5, IntervalState.VERIFIED_EMPTY);
      state(KRAKEN.in(Timeframe.M5), silent, 1, IntervalState.VERIFIED_EMPTY);
    }
    return this;
  }

  static List<Candle> minutes(StreamKey market, int day) {
    List<Candle> minutes = new ArrayList<>();
    for (int i = 0; i < 1440; i++) {
      boolean silent = market.equals(KRAKEN) && i >= 190 && i < 195;
      if (!silent) {
        minutes.add(minute(market, day * 1440L + i));
      }
    }
    return minutes;
  }

  /** Minute {@code number} counted from {@link #FIRST}, ten trades each. */
  static Candle minute(StreamKey market, long number) {
    long skipped = market.equals(KRAKEN) ? 5 * ((number + 1440 - 195) / 1440) : 0;
    double price = 100 + 5 * Math.sin(number / 300.0) + (number * 7919 % 13) / 100.0;
    boolean ids = !market.equals(OKX);
    long first = 1_000_000 + 10 * (number - skipped);
    return new Candle(
        market,
        FIRST + number * MINUTE,
        new Ohlc(price, price + 0.5, price - 0.5, price + 0.25),
        new Volumes(1.5, 1.5 * price, ids ? 0.5 : null),
        new TradeRange(ids ? 10L : null, ids ? first : null, ids ? first + 9 : null),
        Provenance.first(
            ids ? Evidence.TRADE_CHAIN : Evidence.VENUE_FLAG, "ws", FIRST + (number + 1) * MINUTE));
  }

  static List<Candle> rollup(List<Candle> minutes, Timeframe timeframe) {
    List<Candle> larger = new ArrayList<>();
    StreamKey stream = minutes.get(0).stream().in(timeframe);
    long first = timeframe.floor(minutes.get(0).openTimeMs());
    long last = minutes.get(minutes.size() - 1).openTimeMs();
    for (long open = first; open <= last; open += timeframe.millis()) {
      long from = open;
      long to = open + timeframe.millis();
      List<Candle> parts =
          minutes.stream().filter(c -> c.openTimeMs() >= from && c.openTimeMs() < to).toList();
      Rollup.fold(stream, open, parts).ifPresent(larger::add);
    }
    return larger;
  }

  /** In two files, as two checkpoints would. */
  void write(List<Candle> day) throws IOException {
    int half = day.size() / 2;
    Path folder = folder(Partition.of(day.get(0).stream(), day.get(0).openTimeMs()));
    Files.createDirectories(folder);
    CandleFiles.write(folder.resolve("c-1.parquet"), day.subList(0, half));
    CandleFiles.write(folder.resolve("c-2.parquet"), day.subList(half, day.size()));
  }

  Path folder(Partition partition) {
    return layout.partition(Folder.CANDLES, partition);
  }

  Path folder(StreamKey stream, int day) {
    return folder(Partition.of(stream, FIRST + day * DAY));
  }

  Path revisions(StreamKey stream, int day) throws IOException {
    Path folder = layout.partition(Folder.REVISIONS, Partition.of(stream, FIRST + day * DAY));
    return Files.createDirectories(folder);
  }

  /** Says that {@code count} intervals from {@code fromMs} on are in a state. */
  void state(StreamKey stream, long fromMs, int count, IntervalState state) {
    state(stream, fromMs, count, state, Evidence.REST);
  }

  void state(StreamKey stream, long fromMs, int count, IntervalState state, Evidence evidence) {
    long toMs = fromMs + count * stream.timeframe().millis();
    Reason reason = state == IntervalState.UNRECOVERABLE ? Reason.NO_PROOF : Reason.NONE;
    coverage.add(
        new CoverageRow(stream, fromMs, toMs, state, reason, evidence, coverage.size() + 1L, toMs));
  }

  /** Writes what {@link #state} was told. */
  TestLake commit() throws IOException {
    new CoverageAppender(layout).append(coverage);
    return this;
  }

  /** Rewrites a file with other values: {@code select *} and what comes after it. */
  static void rewrite(Path file, String columns) throws SQLException, IOException {
    copy(file, file.resolveSibling("rewritten.tmp"), columns, "true");
    Files.move(file.resolveSibling("rewritten.tmp"), file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Changes one column of one row. */
  static void change(Path file, long openTimeMs, String column, String value)
      throws SQLException, IOException {
    rewrite(
        file,
        "* replace (case when open_time_ms = %d then %s else %s end as %s)"
            .formatted(openTimeMs, value, column, column));
  }

  /** Takes rows out. */
  static void drop(Path file, long fromMs, long toMs) throws SQLException, IOException {
    String kept = "open_time_ms < %d or open_time_ms >= %d".formatted(fromMs, toMs);
    copy(file, file.resolveSibling("rewritten.tmp"), "*", kept);
    Files.move(file.resolveSibling("rewritten.tmp"), file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A new file of some rows of another. */
  static void copy(Path file, Path to, String columns, String where) throws SQLException {
    String rows =
        "select %s from read_parquet('%s', hive_partitioning=false) where %s"
            .formatted(columns, file, where);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("copy (" + rows + ") to '" + to + "' (format parquet)");
    }
  }

  /** The manifest that compaction would have written. */
  Manifest manifest(StreamKey stream, int day) throws IOException {
    Partition partition = Partition.of(stream, FIRST + day * DAY);
    List<SealedFile> files = new ArrayList<>();
    Intervals present = Intervals.empty();
    for (Path file : DataFiles.in(folder(partition))) {
      int rows = RawFile.read(file, partition).rows().size();
      files.add(
          new SealedFile(
              String.valueOf(file.getFileName()), Files.size(file), rows, Sha256.of(file)));
      present = present.union(CandleFiles.openTimes(file, partition));
    }
    Intervals all = Intervals.of(partition.fromMs(), partition.toMs());
    return new Manifest(
        partition,
        all,
        present,
        all.minus(present),
        Intervals.empty(),
        files,
        List.of(),
        List.of(),
        null);
  }

  void seal(StreamKey stream, int day) throws IOException {
    Manifests.write(folder(stream, day), manifest(stream, day));
  }

  /** Manifests for every partition. */
  void sealAll(int days) throws IOException {
    for (int day = 0; day < days; day++) {
      for (StreamKey market : List.of(COINBASE, KRAKEN, OKX)) {
        for (Timeframe timeframe : TIMEFRAMES) {
          seal(market.in(timeframe), day);
        }
      }
      seal(MINUTES, day);
    }
  }

  static LocalDate date(int day) {
    return LocalDate.ofEpochDay((FIRST + day * DAY) / DAY);
  }
}
