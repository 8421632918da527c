package dev.candles.batch.quality.html;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.report.DayCell;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.batch.quality.report.ToldGaps;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.core.lake.LakeView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * 45 streams over some days, computed on demand: kraken's DOGE is silent in every third minute, on
 * {@link #outage} kraken gave nothing for three hours, on the second day an hour of coinbase's SOL
 * is given up, on every ninth day a quarter of an hour was repaired, and some prices are odd.
 */
final class WideLake implements LakeView {
  static final long MINUTE = 60_000;
  static final long DAY = 1_440 * MINUTE;
  static final long END = 20_788 * DAY; // 2026-12-01
  static final StreamKey THIN = new StreamKey("kraken", "DOGE-USD", Timeframe.M1);
  static final StreamKey LOST = new StreamKey("coinbase", "SOL-USD", Timeframe.M1);

  private static final List<String> BASES = List.of("BTC", "DOGE", "ETH", "SOL", "XRP");
  private static final List<Double> PRICES = List.of(64_000.0, 0.15, 3_400.0, 150.0, 0.6);
  private static final List<Integer> DECIMALS = List.of(2, 5, 2, 2, 4);

  private final int days;
  private final Map<StreamKey, StreamAccount> accounts = new LinkedHashMap<>();

  WideLake(int days) {
    this.days = days;
    for (String venue : List.of("coinbase", "kraken", "okx")) {
      for (String base : BASES) {
        for (Timeframe timeframe : List.of(Timeframe.H1, Timeframe.M1, Timeframe.M5)) {
          String symbol = base + (venue.equals("okx") ? "-USDT" : "-USD");
          StreamKey stream = new StreamKey(venue, symbol, timeframe);
          accounts.put(stream, account(stream));
        }
      }
    }
  }

  /** Start of the first day, epoch ms, UTC. */
  long start() {
    return END - days * DAY;
  }

  /** Start of the day on which kraken was away, epoch ms, UTC. */
  long outage() {
    return start() + days / 3 * DAY;
  }

  private StreamAccount account(StreamKey stream) {
    List<CoverageRow> rows = new ArrayList<>();
    if (stream.equals(THIN)) {
      for (long at = start(); at < END; at += 3 * MINUTE) {
        rows.add(row(stream, at, at + MINUTE, IntervalState.VERIFIED_EMPTY, Reason.NONE));
      }
    }
    if (stream.venue().equals("kraken")) {
      long from = outage() + 9 * 60 * MINUTE;
      rows.removeIf(row -> row.fromMs() >= from && row.fromMs() < from + 180 * MINUTE);
      rows.add(row(stream, from, from + 180 * MINUTE, IntervalState.MISSING, Reason.NOT_CLOSED));
    }
    if (stream.symbol().equals(LOST.symbol()) && stream.venue().equals(LOST.venue())) {
      long from = start() + DAY + 4 * 60 * MINUTE;
      rows.add(row(stream, from, from + 60 * MINUTE, IntervalState.UNRECOVERABLE, Reason.NO_PROOF));
    }
    rows.sort(Comparator.comparingLong(CoverageRow::fromMs));
    Intervals.Builder without = new Intervals.Builder(4);
    rows.forEach(row -> without.add(row.fromMs(), row.toMs()));
    Intervals finals = Intervals.of(start(), END).minus(without.build());
    return new StreamAccount(stream, start(), END, finals, rows);
  }

  private static CoverageRow row(
      StreamKey stream, long from, long to, IntervalState state, Reason reason) {
    Evidence proof = state == IntervalState.VERIFIED_EMPTY ? Evidence.TRADE_CHAIN : null;
    return new CoverageRow(stream, from, to, state, reason, proof, 1, END);
  }

  @Override
  public Scan open(List<StreamKey> streams, long from, long recent, long now) {
    throw new IllegalStateException("the report reads candles only");
  }

  @Override
  public List<Candle> candles(StreamKey stream, long fromMs, long toMs) {
    StreamAccount account = accounts.getOrDefault(stream, account(stream));
    Intervals finals = account.in(IntervalState.FINAL).intersect(Intervals.of(fromMs, toMs));
    List<Candle> candles = new ArrayList<>();
    for (int i = 0; i < finals.count(); i++) {
      for (long at = finals.from(i); at < finals.to(i); at += stream.timeframe().millis()) {
        candles.add(candle(stream, at));
      }
    }
    return candles;
  }

  private static Candle candle(StreamKey stream, long at) {
    double scale = Math.pow(10, DECIMALS.get(base(stream)));
    double[] four = new double[4];
    for (int i = 0; i < 4; i++) {
      double wave = 1 + 0.02 * Math.sin(at / 9e6) + 0.0006 * noise(stream, at, i);
      four[i] = Math.round(PRICES.get(base(stream)) * wave * scale) / scale;
    }
    double[] sorted = Arrays.stream(four).sorted().toArray();
    return new Candle(
        stream,
        at,
        new Ohlc(four[0], sorted[3], sorted[0], four[3]),
        Volumes.ofBase(Math.round((1 + noise(stream, at, 9)) * 5e8) / 1e8),
        new TradeRange(7L, at / 1_000, at / 1_000 + 6),
        Provenance.first(Evidence.TRADE_CHAIN, "ws", at));
  }

  private static int base(StreamKey stream) {
    return BASES.indexOf(stream.symbol().replaceAll("-.*", ""));
  }

  /** From -1 to 1, always the same. */
  private static double noise(StreamKey stream, long at, int which) {
    long bits = (stream.id().hashCode() * 31L + at / MINUTE * 10 + which) * 0x9E3779B97F4A7C15L;
    bits = (bits ^ (bits >>> 29)) * 0xBF58476D1CE4E5B9L;
    return (bits >> 11) / (double) (1L << 52);
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (StreamAccount account : accounts.values()) {
      StreamKey stream = account.stream();
      Intervals missing = account.in(IntervalState.MISSING);
      if (!missing.isEmpty()) {
        findings.add(finding(FindingType.GAP, stream, missing.from(0), "180 minutes missing"));
      }
      Intervals lost = account.in(IntervalState.UNRECOVERABLE);
      if (!lost.isEmpty()) {
        findings.add(finding(FindingType.LOST, stream, lost.from(0), "60 minutes given up"));
      }
    }
    for (long day = start() + 5 * DAY; day < END; day += 20 * DAY) {
      String value =
          "close=0.16 at 07:12, median of venues=0.15, 6.7 % off, the worst of 4 candles";
      findings.add(finding(FindingType.OUTLIER, THIN, day + 432 * MINUTE, value));
    }
    findings.add(
        finding(FindingType.CONFLICT, LOST, END - 3 * DAY + 61 * MINUTE, "two rows that differ"));
    return findings;
  }

  private static Finding finding(FindingType kind, StreamKey stream, long at, String value) {
    String file =
        "candles/venue=%s/symbol=%s/timeframe=%s/date=%s/c-0b1a2c3d.parquet"
            .formatted(
                stream.venue(),
                stream.symbol(),
                stream.timeframe().label(),
                LocalDate.ofEpochDay(Math.floorDiv(at, DAY)));
    return new Finding(kind, stream.id(), file, at, value);
  }

  private StreamReport stream(StreamAccount account, List<Finding> findings) {
    StreamKey stream = account.stream();
    List<Finding> mine = findings.stream().filter(f -> f.stream().equals(stream.id())).toList();
    List<DayCell> cells = new ArrayList<>();
    List<GapRecord> gaps = new ArrayList<>();
    for (long day = start(); day < END; day += DAY) {
      long from = day;
      List<Finding> its =
          mine.stream().filter(f -> f.openTimeMs() >= from && f.openTimeMs() < from + DAY).toList();
      StateCounts counts = account.counts(day, day + DAY);
      LocalDate date = LocalDate.ofEpochDay(day / DAY);
      int wrong = (int) its.stream().filter(f -> !f.kind().isWarning()).count();
      cells.add(new DayCell(date, counts, 0, List.of(), "READ", its.size(), wrong));
      if ((END - day) / DAY % 9 == 4) {
        gaps.add(
            new GapRecord(
                stream,
                day,
                day + 15 * MINUTE,
                IntervalState.FINAL,
                Reason.SKIPPED,
                Evidence.REST_TRADES,
                day + 16 * MINUTE,
                day + 20 * MINUTE));
      }
    }
    return new StreamReport(
        stream, account.newest(), account, account.counts(), cells, ToldGaps.of(gaps));
  }

  QaReport report() {
    List<Finding> findings = findings();
    List<CheckResult> checks = new ArrayList<>();
    for (QaCheck check : QaCheck.values()) {
      long warned =
          findings.stream().filter(f -> f.kind().check() == check && f.kind().isWarning()).count();
      long found = findings.stream().filter(f -> f.kind().check() == check).count() - warned;
      checks.add(new CheckResult(check, found, warned, "45 streams checked"));
    }
    return new QaReport(
        "data",
        END + 20 * MINUTE,
        END + 20 * MINUTE,
        start(),
        END,
        QaReport.Part.WHOLE,
        false,
        new QaReport.Totals(45L * days, 0, 0, 45L * days, 0, 0, 0),
        checks,
        findings,
        accounts.values().stream().map(account -> stream(account, findings)).toList(),
        List.of());
  }

  /** Writes the page of so many days into a file: {@code DAYS FILE}. */
  public static void main(String[] args) throws Exception {
    WideLake lake = new WideLake(Integer.parseInt(args[0]));
    QaReport report = lake.report();
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      Path file = Path.of(args[1]);
      new HtmlReport(lake).write(report, file);
      System.out.printf(
          "%d days: %d bytes, %.2f s%n",
          lake.days, Files.size(file), (System.nanoTime() - start) / 1e9);
    }
  }
}
