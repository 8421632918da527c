package dev.candles.core.coverage;

import dev.candles.core.candle.Timeframe;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The states of one UTC day of a stream. Wraps the words that an operator keeps as its state, see
 * {@link StatePacking}.
 */
public final class DayCoverage {
  private static final long DAY_MS = Timeframe.D1.millis();

  /** In savepoints: what is MISSING has no state yet. */
  private static final StatePacking PACKING =
      new StatePacking(
          IntervalState.FINAL, IntervalState.VERIFIED_EMPTY, IntervalState.UNRECOVERABLE);

  private final long dayMs;
  private final Timeframe timeframe;
  private final long[] words;

  private DayCoverage(long dayMs, Timeframe timeframe, long[] words) {
    this.dayMs = dayMs;
    this.timeframe = timeframe;
    this.words = words;
  }

  /**
   * The day that holds {@code openTimeMs}.
   *
   * @param words what {@link #words} gave, null for a day of which nothing is known
   */
  public static DayCoverage of(Timeframe timeframe, long openTimeMs, long @Nullable [] words) {
    return new DayCoverage(
        dayOf(openTimeMs),
        timeframe,
        words == null ? StatePacking.blank(timeframe) : words.clone());
  }

  /** Start (epoch ms, UTC) of the day that holds {@code epochMs}. */
  public static long dayOf(long epochMs) {
    return Math.floorDiv(epochMs, DAY_MS) * DAY_MS;
  }

  /** The state of the interval that opens at {@code openTimeMs}, null if it has none. */
  public @Nullable IntervalState state(long openTimeMs) {
    return PACKING.state(StatePacking.get(words, slot(openTimeMs)));
  }

  /**
   * Sets it; null takes its state away.
   *
   * @throws IllegalArgumentException if it is no state that lasts
   */
  public void set(long openTimeMs, @Nullable IntervalState state) {
    StatePacking.set(words, slot(openTimeMs), PACKING.code(state));
  }

  /** Sets every interval of {@code range} that lies in this day. */
  public void set(Intervals range, @Nullable IntervalState state) {
    Intervals mine = range.intersect(Intervals.of(dayMs, dayMs + DAY_MS));
    for (int i = 0; i < mine.count(); i++) {
      for (long open = mine.from(i); open < mine.to(i); open += timeframe.millis()) {
        set(open, state);
      }
    }
  }

  /** Whether no interval has a state. */
  public boolean isBlank() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** First open time from {@code fromMs} on without a state; the day's end if there is none. */
  public long firstUnknown(long fromMs) {
    long open = Math.max(fromMs, dayMs);
    while (open < dayMs + DAY_MS && state(open) != null) {
      open += timeframe.millis();
    }
    return open;
  }

  /** The words to keep. */
  public long[] words() {
    return words.clone();
  }

  private int slot(long openTimeMs) {
    long offset = openTimeMs - dayMs;
    if (offset < 0 || offset >= DAY_MS || !timeframe.aligned(openTimeMs)) {
      throw new IllegalArgumentException(
          "no interval of this day: openTime=" + openTimeMs + ", day=" + dayMs);
    }
    return (int) (offset / timeframe.millis());
  }

  /** Parts a set of intervals by the UTC day (epoch ms of its start) that they lie in. */
  public static Map<Long, Intervals> byDay(Intervals intervals) {
    Map<Long, Intervals> days = new TreeMap<>();
    for (int i = 0; i < intervals.count(); i++) {
      long last = intervals.to(i) - 1;
      for (long day = dayOf(intervals.from(i)); day <= last; day += Timeframe.D1.millis()) {
        Intervals part =
            Intervals.of(
                Math.max(day, intervals.from(i)),
                Math.min(day + Timeframe.D1.millis(), intervals.to(i)));
        days.merge(day, part, Intervals::union);
      }
    }
    return days;
  }
}
