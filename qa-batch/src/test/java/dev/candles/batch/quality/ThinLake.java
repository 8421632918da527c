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
import dev.candles.core.coverage.Reason;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Thin markets: every third minute was missing for half a minute, and is repaired or proven silent
 * in turn; so was each larger interval over it.
 */
public final class ThinLake {
  static final long START = TestLake.FIRST;
  private static final long MINUTE = TestLake.MINUTE;
  private static final int PER_DAY = 1_440;
  private static final List<Timeframe> LARGER = List.of(Timeframe.M5, Timeframe.H1);

  private final LakeLayout layout;
  private final Map<StreamKey, Long> numbers = new HashMap<>();

  private ThinLake(Path root) {
    this.layout = new LakeLayout(root);
  }

  /**
   * Writes one.
   *
   * @return how many rows of coverage it has
   */
  static long write(Path root, int markets, int days) throws IOException {
    return write(root, markets, days, row -> row);
  }

  /** The same, but all of it was found missing and repaired on the day after the last. */
  static long writeFilled(Path root, int markets, int days) throws IOException {
    long dayMs = START + days * TestLake.DAY;
    return write(root, markets, days, row -> at(row, dayMs + 20 * row.seq()));
  }

  /** The same, noted at another time, epoch ms, UTC. */
  public static CoverageRow at(CoverageRow row, long atMs) {
    return new CoverageRow(
        row.stream(),
        row.fromMs(),
        row.toMs(),
        row.state(),
        row.reason(),
        row.evidence(),
        row.seq(),
        atMs);
  }

  private static long write(Path root, int markets, int days, UnaryOperator<CoverageRow> noted)
      throws IOException {
    ThinLake lake = new ThinLake(root);
    long rows = 0;
    for (int day = 0; day < days; day++) {
      List<CoverageRow> coverage = new ArrayList<>();
      for (int i = 0; i < markets; i++) {
        lake.day(market(i), day, coverage);
      }
      coverage.replaceAll(noted);
      new CoverageAppender(lake.layout).append(coverage);
      rows += coverage.size();
    }
    return rows;
  }

  static StreamKey market(int number) {
    return new StreamKey("coinbase", (char) ('A' + number) + "AA-USD", Timeframe.M1);
  }

  private void day(StreamKey market, int day, List<CoverageRow> coverage) throws IOException {
    List<Candle> minutes = new ArrayList<>();
    for (int i = 0; i < PER_DAY; i++) {
      long number = (long) day * PER_DAY + i;
      if (i % 3 == 0) {
        gap(market, START + number * MINUTE, i % 6 == 0, coverage);
      }
      if (i % 6 != 0) {
        minutes.add(candle(market, number));
      }
    }
    write(minutes);
    for (Timeframe timeframe : LARGER) {
      write(TestLake.rollup(minutes, timeframe));
      long dayMs = START + (long) day * TestLake.DAY;
      for (long open = dayMs; open < dayMs + TestLake.DAY; open += timeframe.millis()) {
        gap(market.in(timeframe), open, false, coverage);
      }
    }
  }

  /** Five of six minutes have ten trades each. */
  private static Candle candle(StreamKey market, long number) {
    double price = 100 + 5 * Math.sin(number / 300.0);
    long first = 1_000_000 + 10 * (number - (number + 5) / 6);
    return new Candle(
        market,
        START + number * MINUTE,
        new Ohlc(price, price + 0.5, price - 0.5, price + 0.25),
        new Volumes(1.5, 1.5 * price, 0.5),
        new TradeRange(10L, first, first + 9),
        Provenance.first(Evidence.TRADE_CHAIN, "ws", START + (number + 1) * MINUTE));
  }

  private void gap(StreamKey stream, long open, boolean silent, List<CoverageRow> coverage) {
    long toMs = open + stream.timeframe().millis();
    long seq = numbers.merge(stream, 2L, Long::sum);
    long notedMs = Math.min(toMs, open + MINUTE) + 6_000;
    Reason reason = stream.timeframe() == Timeframe.BASE ? Reason.NOT_CLOSED : Reason.BASE;
    IntervalState end = silent ? IntervalState.VERIFIED_EMPTY : IntervalState.FINAL;
    coverage.add(
        new CoverageRow(stream, open, toMs, IntervalState.MISSING, reason, null, seq - 1, notedMs));
    Evidence proof = silent ? Evidence.TRADE_CHAIN : Evidence.REST_TRADES;
    coverage.add(new CoverageRow(stream, open, toMs, end, Reason.NONE, proof, seq, toMs + 36_000));
  }

  private void write(List<Candle> day) throws IOException {
    Partition partition = Partition.of(day.get(0).stream(), day.get(0).openTimeMs());
    Path folder = Files.createDirectories(layout.partition(Folder.CANDLES, partition));
    CandleFiles.write(folder.resolve("c-1.parquet"), day);
  }
}
