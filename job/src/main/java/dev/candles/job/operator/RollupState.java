package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.job.codec.Codecs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Keyed state of the rollup: per larger interval which parts are known, and the parts; parts that
 * were revised late; and per day with intervals that wait for the lake when one of them was last
 * heard of, as {@link Committed} counts.
 */
final class RollupState {
  private static final long BASE_MS = Timeframe.BASE.millis();

  private final MapState<Long, Candle> parts;
  private final MapState<Long, long[]> known;
  private final MapState<Long, Candle> late;
  private final MapState<Long, Long> awaited;

  RollupState(RuntimeContext context) {
    parts = context.getMapState(candles("parts"));
    known =
        context.getMapState(
            new MapStateDescriptor<>(
                "known", Types.LONG, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    late = context.getMapState(candles("late"));
    awaited = context.getMapState(new MapStateDescriptor<>("awaited", Types.LONG, Types.LONG));
  }

  private static MapStateDescriptor<Long, Candle> candles(String name) {
    return new MapStateDescriptor<>(name, Types.LONG, Codecs.CANDLE.information());
  }

  /** Keeps a revised part of an interval whose other parts are forgotten. */
  void putLate(Candle part) throws Exception {
    late.put(part.openTimeMs(), part);
  }

  /** Those parts by interval, ascending. */
  NavigableMap<Long, List<Candle>> late(Timeframe larger) throws Exception {
    NavigableMap<Long, List<Candle>> windows = new TreeMap<>();
    for (Candle part : late.values()) {
      windows.computeIfAbsent(larger.floor(part.openTimeMs()), w -> new ArrayList<>()).add(part);
    }
    return windows;
  }

  void dropLate(List<Candle> parts) throws Exception {
    for (Candle part : parts) {
      late.remove(part.openTimeMs());
    }
  }

  /** Has a day wait for the lake. */
  void await(long dayMs, long heard) throws Exception {
    awaited.put(dayMs, heard);
  }

  boolean isAwaited(long dayMs, long heard) throws Exception {
    Long last = awaited.get(dayMs);
    return last != null && last == heard;
  }

  boolean isAwaiting() throws Exception {
    return !awaited.isEmpty();
  }

  void dropAwaited(long dayMs) throws Exception {
    awaited.remove(dayMs);
  }

  /** The days that wait, and since when; whose last word is oldest comes first, then the newest. */
  List<Map.Entry<Long, Long>> awaited() throws Exception {
    List<Map.Entry<Long, Long>> days = new ArrayList<>();
    for (Map.Entry<Long, Long> day : awaited.entries()) {
      days.add(Map.entry(day.getKey(), day.getValue()));
    }
    days.sort(
        Map.Entry.<Long, Long>comparingByValue()
            .thenComparing(Map.Entry.<Long, Long>comparingByKey().reversed()));
    return days;
  }

  /** The oldest of them, epoch ms. */
  long awaitedSince() throws Exception {
    long oldest = Long.MAX_VALUE;
    for (Long dayMs : awaited.keys()) {
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
  Map<Long, List<Candle>> incomplete(Timeframe larger, long dayMs, Map<Long, List<Candle>> late)
      throws Exception {
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
  List<Long> known() throws Exception {
    List<Long> windows = new ArrayList<>();
    known.keys().forEach(windows::add);
    return windows;
  }

  /** Keeps a part; an earlier version never takes the place of a later one. */
  void put(Timeframe larger, Candle part) throws Exception {
    Candle kept = parts.get(part.openTimeMs());
    if (kept == null || part.revision() >= kept.revision()) {
      parts.put(part.openTimeMs(), part);
    }
    mark(larger, Intervals.of(part.openTimeMs(), part.endTimeMs()));
  }

  void putAll(Timeframe larger, List<Candle> held) throws Exception {
    for (Candle part : held) {
      put(larger, part);
    }
  }

  void putSilent(Timeframe larger, Intervals silent) throws Exception {
    mark(larger, silent);
  }

  boolean knows(long window) throws Exception {
    return known.contains(window);
  }

  boolean isComplete(Timeframe larger, long window) throws Exception {
    return bits(window).cardinality() == larger.baseIntervals();
  }

  /** The candles that exist within {@code window}. */
  List<Candle> parts(Timeframe larger, long window) throws Exception {
    List<Candle> found = new ArrayList<>();
    for (long open = window; open < window + larger.millis(); open += BASE_MS) {
      Candle part = parts.get(open);
      if (part != null) {
        found.add(part);
      }
    }
    return found;
  }

  void drop(Timeframe larger, long window) throws Exception {
    known.remove(window);
    for (long open = window; open < window + larger.millis(); open += BASE_MS) {
      parts.remove(open);
    }
  }

  private void mark(Timeframe larger, Intervals range) throws Exception {
    for (int i = 0; i < range.count(); i++) {
      long open = range.from(i);
      while (open < range.to(i)) {
        long window = larger.floor(open);
        long end = Math.min(range.to(i), window + larger.millis());
        BitSet bits = bits(window);
        bits.set((int) ((open - window) / BASE_MS), (int) ((end - window) / BASE_MS));
        known.put(window, bits.toLongArray());
        open = end;
      }
    }
  }

  private BitSet bits(long window) throws Exception {
    long[] words = known.get(window);
    return words == null ? new BitSet() : BitSet.valueOf(words);
  }
}
