package dev.candles.sources.source.reader;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.StreamInventory;

/** Which larger intervals a restarted roll-up must be fed with again. Pure. */
final class ReplayPlan {
  private ReplayPlan() {}

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
  static Intervals recent(StreamInventory base, StreamInventory larger, long recentFromMs) {
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
