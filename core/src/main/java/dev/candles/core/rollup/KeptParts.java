package dev.candles.core.rollup;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.CandleCheck;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.state.StateEntries;
import dev.candles.core.state.StateMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the rollup keeps of a larger stream: per interval which parts are known, and the parts;
 * parts that were revised late; and per day with intervals that wait for the lake when one of them
 * was last heard of, as {@link Committed} counts.
 */
final class KeptParts {
  private static final long BASE_MS = Timeframe.BASE.millis();

  private final StateMap<Long, Candle> parts;
  private final StateEntries<Long, long[]> known;
  private final StateEntries<Long, Candle> late;
  private final StateEntries<Long, Long> awaited;

  KeptParts(RollupStore store) {
    parts = store.parts();
    known = store.known();
    late = store.late();
    awaited = store.awaited();
  }

  /** Keeps a revised part of an interval whose other parts are forgotten. */
  void putLate(Candle part) {
    late.put(part.openTimeMs(), part);
  }

  /** Those parts by interval, ascending. */
  NavigableMap<Long, List<Candle>> late(Timeframe larger) {
    NavigableMap<Long, List<Candle>> windows = new TreeMap<>();
    for (Candle part : late.all().values()) {
      windows.computeIfAbsent(larger.floor(part.openTimeMs()), w -> new ArrayList<>()).add(part);
    }
    return windows;
  }

  void dropLate(List<Candle> parts) {
    for (Candle part : parts) {
      late.remove(part.openTimeMs());
    }
  }

  /** Has a day wait for the lake. */
  void await(long dayMs, long heard) {
    awaited.put(dayMs, heard);
  }

  boolean isAwaited(long dayMs, long heard) {
    Long last = awaited.get(dayMs);
    return last != null && last == heard;
  }

  boolean isAwaiting() {
    return !awaited.isEmpty();
  }

  void dropAwaited(long dayMs) {
    awaited.remove(dayMs);
  }

  /** The days that wait, and since when; whose last word is oldest comes first, then the newest. */
  List<Map.Entry<Long, Long>> awaited() {
    List<Map.Entry<Long, Long>> days = new ArrayList<>(awaited.all().entrySet());
    days.sort(
        Map.Entry.<Long, Long>comparingByValue()
            .thenComparing(Map.Entry.<Long, Long>comparingByKey().reversed()));
    return days;
  }

  /** The oldest of them, epoch ms. */
  long awaitedSince() {
    long oldest = Long.MAX_VALUE;
    for (Long dayMs : awaited.all().keySet()) {
      oldest = Math.min(oldest, dayMs);
    }
    return oldest;
  }

  /**
   * The intervals of a day that are not complete, ascending, each with its late parts. Those of a
   * complete one are in what was folded: they are dropped.
   *
   * @param late as {@link #late} tells them
   */
  Map<Long, List<Candle>> incomplete(Timeframe larger, long dayMs, Map<Long, List<Candle>> late) {
    Map<Long, List<Candle>> found = new LinkedHashMap<>();
    long step = larger.millis();
    for (long window = dayMs; window < dayMs + Timeframe.D1.millis(); window += step) {
      List<Candle> revised = late.getOrDefault(window, List.of());
      if (isComplete(larger, window)) {
        dropLate(revised);
      } else if (!revised.isEmpty() || knows(window)) {
        found.put(window, revised);
      }
    }
    return found;
  }

  /** All intervals of which something is known. */
  List<Long> known() {
    return List.copyOf(known.all().keySet());
  }

  /**
   * Keeps a part; an earlier version never takes the place of a later one.
   *
   * @return whether all of its interval is known now
   */
  boolean put(Timeframe larger, Candle part) {
    long open = part.openTimeMs();
    long window = larger.floor(open);
    BitSet bits = bits(window);
    Candle kept = bits.get(bit(window, open)) ? parts.get(open) : null;
    if (kept == null || part.revision() >= kept.revision()) {
      parts.put(open, part);
    }
    return mark(larger, window, bits, open, part.endTimeMs());
  }

  void putAll(Timeframe larger, List<Candle> held) {
    for (Candle part : held) {
      put(larger, part);
    }
  }

  void putSilent(Timeframe larger, Intervals silent) {
    for (int i = 0; i < silent.count(); i++) {
      long open = silent.from(i);
      while (open < silent.to(i)) {
        long end = Math.min(silent.to(i), larger.floor(open) + larger.millis());
        putSilent(larger, open, end);
        open = end;
      }
    }
  }

  /**
   * Nobody traded in {@code [fromMs, toMs)}, which lies in one interval.
   *
   * @return whether all of that interval is known now
   */
  boolean putSilent(Timeframe larger, long fromMs, long toMs) {
    long window = larger.floor(fromMs);
    return mark(larger, window, bits(window), fromMs, toMs);
  }

  boolean knows(long window) {
    return known.get(window) != null;
  }

  boolean isComplete(Timeframe larger, long window) {
    return isComplete(larger, bits(window));
  }

  private static boolean isComplete(Timeframe larger, BitSet bits) {
    return bits.cardinality() == larger.baseIntervals();
  }

  /** The candles that exist within {@code window}. */
  List<Candle> parts(Timeframe larger, long window) {
    List<Candle> found = new ArrayList<>();
    for (long open = window; open < window + larger.millis(); open += BASE_MS) {
      Candle part = parts.get(open);
      if (part != null) {
        found.add(part);
      }
    }
    return found;
  }

  /**
   * Forgets those of an interval's parts that are no candles: they were kept by a build that did
   * not know what a candle may be, and a fold of them is none either.
   *
   * @return how many there were
   */
  int dropUnsound(long window, List<Candle> held) {
    List<Candle> unsound =
        held.stream().filter(part -> CandleCheck.unsound(part).isPresent()).toList();
    if (!unsound.isEmpty()) {
      BitSet bits = bits(window);
      for (Candle part : unsound) {
        parts.remove(part.openTimeMs());
        bits.clear(bit(window, part.openTimeMs()));
      }
      known.put(window, bits.toLongArray());
    }
    return unsound.size();
  }

  void drop(Timeframe larger, long window) {
    known.remove(window);
    for (long open = window; open < window + larger.millis(); open += BASE_MS) {
      parts.remove(open);
    }
  }

  private boolean mark(Timeframe larger, long window, BitSet bits, long fromMs, long toMs) {
    bits.set(bit(window, fromMs), bit(window, toMs));
    known.put(window, bits.toLongArray());
    return isComplete(larger, bits);
  }

  private static int bit(long window, long openMs) {
    return (int) ((openMs - window) / BASE_MS);
  }

  private BitSet bits(long window) {
    long[] words = known.get(window);
    return words == null ? new BitSet() : BitSet.valueOf(words);
  }
}
