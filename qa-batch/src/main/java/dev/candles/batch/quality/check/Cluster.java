package dev.candles.batch.quality.check;

import dev.candles.core.coverage.Intervals;

/**
 * Neighbouring candles whose trade ids overlap, because trades may lie a little across an
 * interval's end: together they have as many trades as ids wherever all of their trades are known.
 *
 * @param openMs open time of the first, epoch ms, UTC
 * @param minId lowest id
 * @param maxId highest id
 * @param trades of all together
 * @param atBorder whether one of its intervals is beside the border of its day that it is judged at
 * @param counts whether it must add up, as far as its own day shows
 * @param rebuilt whether all were rebuilt by id, so that it must add up beside a hole too
 * @param neededMs flat ranges of open times that must be known for that, epoch ms, UTC
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares clusters
public record Cluster(
    long openMs,
    long minId,
    long maxId,
    long trades,
    boolean atBorder,
    boolean counts,
    boolean rebuilt,
    long[] neededMs) {
  /** Where the candle at that end of a day has no ids. */
  public static final Cluster NONE =
      new Cluster(Finding.NO_TIME, 0, 0, 0, false, false, false, new long[0]);

  /** Whether it has fewer trades than ids, where all of them must be here. */
  public boolean hasTooFew() {
    return counts && trades < maxId - minId + 1;
  }

  /** Both as one. */
  public Cluster with(Cluster later) {
    return new Cluster(
        openMs,
        Math.min(minId, later.minId),
        Math.max(maxId, later.maxId),
        trades + later.trades,
        atBorder && later.atBorder,
        counts && later.counts,
        rebuilt && later.rebuilt,
        Intervals.fromArray(neededMs).union(Intervals.fromArray(later.neededMs)).toArray());
  }

  /** What is wrong with it. */
  public String value() {
    return CandleIds.value(trades, minId, maxId);
  }
}
