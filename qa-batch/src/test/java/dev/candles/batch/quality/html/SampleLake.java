package dev.candles.batch.quality.html;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.report.DayCell;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapSummary;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.core.lake.LakeView;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Three days of one market, with a silent hour and an hour that is missing on the second day. */
final class SampleLake implements LakeView {
  static final long MINUTE = 60_000;
  static final long DAY = 1_440 * MINUTE;
  static final long START = 19_420 * DAY; // 2023-03-04
  static final long END = START + 3 * DAY;
  static final Intervals SILENT = hours(DAY / MINUTE / 60 + 3, 1);
  static final Intervals MISSING = hours(DAY / MINUTE / 60 + 17, 1);
  static final StreamKey MINUTES = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  static final StreamKey HOURS = new StreamKey("coinbase", "BTC-USD", Timeframe.H1);

  private static Intervals hours(long from, long count) {
    return Intervals.of(START + from * 60 * MINUTE, START + (from + count) * 60 * MINUTE);
  }

  static List<StreamAccount> accounts() {
    return List.of(account(MINUTES), account(HOURS));
  }

  private static StreamAccount account(StreamKey stream) {
    Intervals finals = Intervals.of(START, END).minus(SILENT).minus(MISSING);
    return new StreamAccount(
        stream,
        START,
        END,
        finals,
        List.of(
            row(stream, SILENT, IntervalState.VERIFIED_EMPTY, Reason.NONE, 2),
            row(stream, MISSING, IntervalState.MISSING, Reason.NOT_CLOSED, 1)));
  }

  private static CoverageRow row(
      StreamKey stream, Intervals range, IntervalState state, Reason reason, long seq) {
    Evidence proof = state == IntervalState.VERIFIED_EMPTY ? Evidence.TRADE_CHAIN : null;
    return new CoverageRow(stream, range.from(0), range.to(0), state, reason, proof, seq, END);
  }

  @Override
  public Scan open(List<StreamKey> streams, long from, long recent, long now) {
    throw new IllegalStateException("the report reads candles only");
  }

  @Override
  public List<Candle> candles(StreamKey stream, long fromMs, long toMs) {
    Intervals finals = Intervals.of(fromMs, toMs).minus(SILENT).minus(MISSING);
    List<Candle> candles = new ArrayList<>();
    for (long open = fromMs; open < toMs; open += stream.timeframe().millis()) {
      if (finals.contains(open)) {
        double move = open % 120_000 == 0 ? 9 : -9;
        double price = 22_000 + 300 * Math.sin(open / 5e6) + 40 * Math.sin(open / 3e5);
        candles.add(
            new Candle(
                stream,
                open,
                new Ohlc(tick(price), tick(price + 21.5), tick(price - 18), tick(price + move)),
                Volumes.ofBase(3 + price % 5),
                new TradeRange(7L, 1L, 7L),
                Provenance.first(Evidence.TRADE_CHAIN, "ws", open)));
      }
    }
    return candles;
  }

  private static double tick(double price) {
    return Math.round(price * 100) / 100.0;
  }

  private static List<DayCell> days(StreamAccount account) {
    List<DayCell> days = new ArrayList<>();
    for (long day = START; day < END; day += DAY) {
      StateCounts counts = account.counts(day, day + DAY);
      days.add(new DayCell(LocalDate.ofEpochDay(day / DAY), counts, 0, List.of(), "READ", 0, 0));
    }
    return days;
  }

  static QaReport report(List<Finding> findings) {
    return report("data", findings);
  }

  static QaReport report(String lake, List<Finding> findings) {
    List<CheckResult> checks =
        List.of(
            new CheckResult(QaCheck.PK_UNIQUENESS, 0, 0, "2 streams checked"),
            new CheckResult(QaCheck.GAP_DETECTION, findings.size(), 0, "2 streams checked"));
    List<StreamReport> streams =
        accounts().stream()
            .map(
                a ->
                    new StreamReport(
                        a.stream(),
                        a.newest(),
                        a,
                        a.counts(),
                        days(a),
                        new GapSummary.Builder().build()))
            .toList();
    return new QaReport(
        lake,
        END,
        END + 600_000,
        START,
        END,
        QaReport.Part.WHOLE,
        false,
        new QaReport.Totals(6, 0, 0, 6, 0, 0, 0),
        checks,
        findings,
        streams,
        List.of());
  }
}
