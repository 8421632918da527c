package dev.candles.lake.coverage;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;

/**
 * What coverage says of one day of one stream.
 *
 * @param empty intervals proven to hold no trade
 * @param unrecoverable intervals that were given up
 * @param missing intervals whose repair is scheduled
 * @param sinceMs the stream's beginning as far as the lake knows, epoch ms, UTC
 * @param nowMs market time, epoch ms, UTC
 */
public record DayKnowledge(
    Intervals empty, Intervals unrecoverable, Intervals missing, long sinceMs, long nowMs) {

  /** Nothing is known but the time. */
  public static DayKnowledge none(long nowMs) {
    return new DayKnowledge(
        Intervals.empty(), Intervals.empty(), Intervals.empty(), Long.MAX_VALUE, nowMs);
  }

  /** Whether the day is over and no gap of it, of which there is no candle, is being retried. */
  public boolean closed(Partition partition) {
    return nowMs >= partition.toMs() && missing.isEmpty();
  }

  /** Where intervals of the day are accounted for, given those with a candle: one range. */
  public Intervals expected(Partition partition, Intervals present) {
    Intervals day = Intervals.of(partition.fromMs(), partition.toMs());
    Intervals known = present.union(empty).union(unrecoverable).union(missing).intersect(day);
    boolean over = nowMs >= partition.toMs();
    if (known.isEmpty() && !over) {
      return Intervals.empty();
    }
    long first = known.isEmpty() ? partition.toMs() : known.from(0);
    long since = partition.stream().timeframe().floor(Math.max(sinceMs, partition.fromMs()));
    long to = over ? partition.toMs() : known.to(known.count() - 1);
    return Intervals.of(Math.min(Math.min(first, since), to), to);
  }
}
