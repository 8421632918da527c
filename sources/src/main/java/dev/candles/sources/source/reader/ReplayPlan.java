package dev.candles.sources.source.reader;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.StreamInventory;

/**
 * Which larger intervals of one stream a restarted roll-up must be fed with again. Pure.
 *
 * <ul>
 *   <li>{@link #recent} ones are those that live candles and their revisions may still change: a
 *       few, of a day or two whose files the live path opens anyway.
 *   <li>{@link #old} ones may be years, of a timeframe that is new or of history that was being
 *       filled. Each of their days may open a file of its own.
 * </ul>
 *
 * @param silent base intervals within them that are proven silent
 */
record ReplayPlan(StreamKey larger, Intervals silent, Intervals recent, Intervals old) {

  /**
   * What a scan found of a market's base stream and of one of its larger streams.
   *
   * @param recentFromMs since when intervals are recent, epoch ms, UTC; one in progress then is
   */
  static ReplayPlan of(StreamInventory base, StreamInventory larger, long recentFromMs) {
    Intervals all =
        unfinished(base, larger)
            .union(correctable(base, larger, recentFromMs))
            .union(doubtful(base, larger));
    Intervals before = Intervals.before(larger.stream().timeframe().floor(recentFromMs));
    return new ReplayPlan(
        larger.stream(), base.empties().intersect(all), all.minus(before), all.intersect(before));
  }

  /**
   * Larger intervals that are neither final nor proven empty, but of whose parts the lake holds at
   * least one state.
   */
  static Intervals unfinished(StreamInventory base, StreamInventory larger) {
    Timeframe timeframe = larger.stream().timeframe();
    long toMs = Math.max(larger.toMs(), timeframe.ceil(base.toMs()));
    Intervals unknown =
        Intervals.of(larger.fromMs(), toMs).minus(larger.finals()).minus(larger.empties());
    return unknown.intersect(touched(base, timeframe));
  }

  /** Larger intervals that the lake holds and that a late revision may still change. */
  static Intervals correctable(StreamInventory base, StreamInventory larger, long recentFromMs) {
    Timeframe timeframe = larger.stream().timeframe();
    long fromMs = timeframe.floor(recentFromMs);
    return Intervals.of(Math.min(fromMs, larger.toMs()), larger.toMs())
        .intersect(larger.finals())
        .intersect(touched(base, timeframe));
  }

  /**
   * Larger intervals that the lake holds although one of their parts is not known: an older build
   * made them over an emptiness that nothing proves. They are folded anew when it is known.
   */
  static Intervals doubtful(StreamInventory base, StreamInventory larger) {
    Timeframe timeframe = larger.stream().timeframe();
    return base.unknown()
        .map(timeframe::floor, timeframe::ceil)
        .intersect(larger.finals())
        .intersect(touched(base, timeframe));
  }

  private static Intervals touched(StreamInventory base, Timeframe timeframe) {
    return base.finals().union(base.empties()).map(timeframe::floor, timeframe::ceil);
  }
}
