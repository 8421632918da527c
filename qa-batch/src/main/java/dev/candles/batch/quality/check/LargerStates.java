package dev.candles.batch.quality.check;

import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;
import java.util.ArrayList;
import java.util.List;

/**
 * Check 8 over states alone: a larger interval says nothing that its minutes deny, whoever made it.
 *
 * <table>
 *   <caption>What the larger interval is, over its minutes</caption>
 *   <tr><td>empty</td><td>one of them is anything else: a contradiction</td></tr>
 *   <tr><td>final</td><td>all are empty: a contradiction</td></tr>
 *   <tr><td>final</td><td>some are lost: none, the venue may have a candle of its own; some are
 *       missing or unknown: that is found of the minutes</td></tr>
 *   <tr><td>lost, or missing for five minutes or less</td><td>all are known: a contradiction, it was
 *       to be folded; a longer gap is found as one</td></tr>
 * </table>
 *
 * <p>Only where the minutes are accounted for. Minutes of which an emptiness is only claimed are
 * found themselves and deny nothing. A candle that is a {@link FlatRow}, as older builds wrote it,
 * is as good as an emptiness.
 */
public final class LargerStates {
  private final StreamKey stream;
  private final Timeframe timeframe;
  private final List<Finding> findings = new ArrayList<>();

  private LargerStates(StreamKey stream) {
    this.stream = stream;
    this.timeframe = stream.timeframe();
  }

  /** Finds candles that say that nobody traded. */
  @FunctionalInterface
  public interface FlatRows {
    /** Those of the final intervals of a stream whose candle is a {@link FlatRow}. */
    Intervals of(StreamKey stream, Intervals finals);
  }

  /**
   * What contradicts.
   *
   * @param damaged days of either stream of which files could not be read
   * @param flatRows asked only about what would contradict
   */
  public static List<Finding> of(
      StreamAccount larger, StreamAccount base, Intervals damaged, FlatRows flatRows) {
    LargerStates check = new LargerStates(larger.stream());
    Intervals empty = larger.in(IntervalState.VERIFIED_EMPTY);
    Intervals candles = base.in(IntervalState.FINAL).intersect(empty);
    Intervals traded =
        check.windows(candles.minus(flatRows.of(base.stream(), candles))).intersect(empty);
    check.add(FindingType.ROLLUP_DENIED, traded, "proven empty, and a minute of it has a candle");
    Intervals rest = empty.minus(traded).minus(damaged);
    rest = check.denied(rest, base.in(IntervalState.MISSING), "is missing");
    rest = check.denied(rest, base.in(IntervalState.UNRECOVERABLE), "was given up");
    check.denied(rest, base.unknown().minus(base.unproven()), "has no state");
    Intervals nothing = check.whole(base.in(IntervalState.VERIFIED_EMPTY).minus(damaged));
    Intervals denied = larger.in(IntervalState.FINAL).intersect(nothing);
    check.add(
        FindingType.ROLLUP_OF_NOTHING,
        denied.minus(flatRows.of(larger.stream(), denied)),
        "has a candle, and all of its minutes are proven empty");
    Intervals known = known(larger, base).minus(damaged);
    check.add(
        FindingType.ROLLUP_DENIED,
        larger.in(IntervalState.UNRECOVERABLE).intersect(known),
        "given up, and all of its minutes are known");
    check.add(
        FindingType.ROLLUP_DENIED,
        shortRuns(larger.in(IntervalState.MISSING)).intersect(known),
        "missing, and all of its minutes are known");
    return check.findings;
  }

  /** The larger intervals of which every minute has a candle or is proven empty. */
  static Intervals known(StreamAccount larger, StreamAccount base) {
    Intervals minutes = base.in(IntervalState.FINAL).union(base.in(IntervalState.VERIFIED_EMPTY));
    return new LargerStates(larger.stream()).whole(minutes);
  }

  private static Intervals shortRuns(Intervals runs) {
    Intervals.Builder some = new Intervals.Builder(4);
    for (int i = 0; i < runs.count(); i++) {
      if (runs.to(i) - runs.from(i) <= AccountCheck.MOST_MS) {
        some.add(runs.from(i), runs.to(i));
      }
    }
    return some.build();
  }

  /**
   * An interval is told once: what the first of its minutes says is enough.
   *
   * @return those of {@code empty} that were not told
   */
  private Intervals denied(Intervals empty, Intervals minutes, String what) {
    Intervals denied = windows(minutes).intersect(empty);
    add(FindingType.ROLLUP_DENIED, denied, "proven empty, and a minute of it " + what);
    return empty.minus(denied);
  }

  /** The larger intervals that some minutes lie in. */
  private Intervals windows(Intervals minutes) {
    return minutes.map(timeframe::floor, timeframe::ceil);
  }

  /** The larger intervals that are made of some minutes alone. */
  private Intervals whole(Intervals minutes) {
    Intervals.Builder whole = new Intervals.Builder(minutes.count());
    for (int i = 0; i < minutes.count(); i++) {
      whole.add(timeframe.ceil(minutes.from(i)), timeframe.floor(minutes.to(i)));
    }
    return whole.build();
  }

  private void add(FindingType kind, Intervals intervals, String value) {
    for (int i = 0; i < intervals.count(); i++) {
      for (long open = intervals.from(i); open < intervals.to(i); open += timeframe.millis()) {
        findings.add(new Finding(kind, stream.id(), "", open, value));
      }
    }
  }
}
