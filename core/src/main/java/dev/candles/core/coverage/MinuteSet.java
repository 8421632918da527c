package dev.candles.core.coverage;

import dev.candles.core.candle.Timeframe;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A set of minutes that grows: a bit for each minute of a day (UTC) that has some, and a range for
 * what is a day long or more. So memory follows days, however often and in whatever pieces they are
 * added.
 */
public final class MinuteSet {
  private static final long DAY_MS = Timeframe.D1.millis();
  private static final long STEP_MS = Timeframe.BASE.millis();

  /** By days since 1970. */
  private final Map<Long, BitSet> days = new HashMap<>();

  private Intervals longer = Intervals.empty();

  /** Adds the minutes of {@code [fromMs, toMs)} (epoch ms, UTC), of whole minutes. */
  void add(long fromMs, long toMs) {
    if (toMs - fromMs >= DAY_MS || toMs - fromMs < 0) {
      longer = longer.union(Intervals.of(fromMs, toMs));
      return;
    }
    for (long atMs = fromMs; atMs < toMs; atMs = Timeframe.D1.floor(atMs) + DAY_MS) {
      long dayMs = Timeframe.D1.floor(atMs);
      days.computeIfAbsent(dayMs / DAY_MS, day -> new BitSet(Timeframe.BASE.perDay()))
          .set(slot(atMs - dayMs), slot(Math.min(toMs - dayMs, DAY_MS)));
    }
  }

  private static int slot(long ofDayMs) {
    return (int) (ofDayMs / STEP_MS);
  }

  /** How many minutes of the day that begins at {@code dayMs} (epoch ms, UTC) are in it. */
  public long onDay(long dayMs) {
    BitSet all = new BitSet(Timeframe.BASE.perDay());
    all.or(days.getOrDefault(dayMs / DAY_MS, all));
    Intervals whole = longer.intersect(Intervals.of(dayMs, dayMs + DAY_MS));
    for (int i = 0; i < whole.count(); i++) {
      all.set(slot(whole.from(i) - dayMs), slot(whole.to(i) - dayMs));
    }
    return all.cardinality();
  }

  int size() {
    return days.size() + longer.count();
  }
}
