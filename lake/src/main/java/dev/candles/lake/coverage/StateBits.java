package dev.candles.lake.coverage;

import static dev.candles.core.coverage.StatePacking.CODES;
import static dev.candles.core.coverage.StatePacking.NONE;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StatePacking;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The states of a stream's intervals, without their reasons and numbers: {@link StatePacking} for a
 * day (UTC) whose intervals differ, a range for days in a row whose intervals are all alike. So a
 * minute costs the same whether its neighbours were silent too or had a trade, and a range of any
 * length costs no more than a short one.
 */
final class StateBits {
  private static final long DAY_MS = Timeframe.D1.millis();

  /** In memory only. FINAL has no code, as it is the candle's to say. */
  private static final StatePacking PACKING =
      new StatePacking(
          IntervalState.VERIFIED_EMPTY, IntervalState.MISSING, IntervalState.UNRECOVERABLE);

  private final Timeframe timeframe;

  /** Days (since 1970) whose intervals differ. */
  private final NavigableMap<Long, long[]> mixed = new TreeMap<>();

  /** Days (since 1970) that are alike, by code. */
  private final Intervals[] alike = new Intervals[CODES];

  /** The words of a day that is alike, by code. */
  private final long[][] filled = new long[CODES][];

  StateBits(Timeframe timeframe) {
    this.timeframe = timeframe;
    Arrays.fill(alike, Intervals.empty());
    for (int code = 0; code < CODES; code++) {
      filled[code] = StatePacking.blank(timeframe);
      fill(filled[code], 0, timeframe.perDay(), code);
    }
  }

  /** Sets whole intervals, whatever they were before. */
  void set(long fromMs, long toMs, IntervalState state) {
    if (toMs <= fromMs) {
      return;
    }
    int code = encode(state);
    long first = Math.floorDiv(fromMs, DAY_MS);
    long last = Math.floorDiv(toMs - 1, DAY_MS);
    int head = slot(fromMs);
    int tail = slot(toMs - timeframe.millis()) + 1;
    if (first == last) {
      part(first, head, tail, code);
      return;
    }
    part(first, head, timeframe.perDay(), code);
    part(last, 0, tail, code);
    if (first + 1 < last) {
      mixed.subMap(first + 1, last).clear();
      setAlike(Intervals.of(first + 1, last), code);
    }
  }

  /** The intervals within a range that are in a state. */
  Intervals in(IntervalState state, long fromMs, long toMs) {
    int code = encode(state);
    if (code == NONE || toMs <= fromMs) {
      return Intervals.empty();
    }
    long first = Math.floorDiv(fromMs, DAY_MS);
    long last = Math.floorDiv(toMs - 1, DAY_MS);
    Intervals.Builder parts = new Intervals.Builder(4);
    for (Map.Entry<Long, long[]> day : mixed.subMap(first, true, last, true).entrySet()) {
      add(parts, day.getKey() * DAY_MS, day.getValue(), code);
    }
    Intervals days =
        alike[code]
            .intersect(Intervals.of(first, last + 1))
            .map(day -> day * DAY_MS, day -> day * DAY_MS);
    return parts.build().union(days).intersect(Intervals.of(fromMs, toMs));
  }

  /** How many days and ranges of days are kept. */
  int size() {
    return mixed.size() + Arrays.stream(alike).mapToInt(Intervals::count).sum();
  }

  private void part(long day, int from, int to, int code) {
    long[] words = mixed.get(day);
    if (words == null) {
      int before = codeOf(day);
      if (before == code) {
        return;
      }
      words = filled[before].clone();
      setAlike(Intervals.of(day, day + 1), NONE);
      mixed.put(day, words);
    }
    fill(words, from, to, code);
    if (Arrays.equals(words, filled[code])) {
      mixed.remove(day);
      setAlike(Intervals.of(day, day + 1), code);
    }
  }

  /** A day without a state is in no range. */
  private void setAlike(Intervals days, int code) {
    for (int other = NONE + 1; other < CODES; other++) {
      alike[other] = other == code ? alike[other].union(days) : alike[other].minus(days);
    }
  }

  private int codeOf(long day) {
    for (int code = NONE + 1; code < CODES; code++) {
      if (alike[code].contains(day)) {
        return code;
      }
    }
    return NONE;
  }

  private int slot(long openTimeMs) {
    return (int) (Math.floorMod(openTimeMs, DAY_MS) / timeframe.millis());
  }

  private void add(Intervals.Builder into, long dayMs, long[] words, int code) {
    long step = timeframe.millis();
    for (int slot = 0; slot < timeframe.perDay(); slot++) {
      if (StatePacking.get(words, slot) == code) {
        into.add(dayMs + slot * step, dayMs + (slot + 1) * step);
      }
    }
  }

  private static void fill(long[] words, int from, int to, int code) {
    for (int slot = from; slot < to; slot++) {
      StatePacking.set(words, slot, code);
    }
  }

  private static int encode(IntervalState state) {
    boolean kept = state != IntervalState.FINAL && state != IntervalState.THROUGH;
    return kept ? PACKING.code(state) : NONE;
  }
}
