package dev.candles.lake.coverage;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import java.util.Optional;

/**
 * What coverage says of one day of one stream.
 *
 * @param empty intervals proven to hold no trade
 * @param unrecoverable intervals that were given up
 * @param missing intervals whose repair is scheduled
 * @param sinceMs the stream's beginning as far as the lake knows, epoch ms, UTC
 * @param nowMs market time, epoch ms, UTC
 * @param told whether there is any row of the stream; an archive and a copy of candles have none
 */
public record DayKnowledge(
    Intervals empty,
    Intervals unrecoverable,
    Intervals missing,
    long sinceMs,
    long nowMs,
    boolean told) {

  /** Of a stream that coverage has rows of. */
  public DayKnowledge(
      Intervals empty, Intervals unrecoverable, Intervals missing, long sinceMs, long nowMs) {
    this(empty, unrecoverable, missing, sinceMs, nowMs, true);
  }

  /** Nothing is known but the time. */
  public static DayKnowledge none(long nowMs) {
    return new DayKnowledge(
        Intervals.empty(), Intervals.empty(), Intervals.empty(), Long.MAX_VALUE, nowMs, false);
  }

  /** What a manifest has from coverage: sealed with it, the same files give the same manifest. */
  public static DayKnowledge of(Manifest sealed) {
    Intervals expected = sealed.expected();
    return new DayKnowledge(
        sealed.empty(),
        sealed.unrecoverable(),
        sealed.missing(),
        expected.isEmpty() ? Long.MAX_VALUE : expected.from(0),
        expected.isEmpty() ? sealed.partition().fromMs() : expected.to(expected.count() - 1));
  }

  /**
   * What is known of a day that was sealed before. Where coverage has no row of the stream, it has
   * nothing to say against the manifest, which keeps what it has from the coverage of its time.
   */
  public DayKnowledge beside(Optional<Manifest> sealed) {
    if (told || sealed.isEmpty()) {
      return this;
    }
    DayKnowledge before = of(sealed.get());
    return new DayKnowledge(
        before.empty,
        before.unrecoverable,
        before.missing,
        Math.min(before.sinceMs, sinceMs),
        Math.max(before.nowMs, nowMs),
        false);
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
