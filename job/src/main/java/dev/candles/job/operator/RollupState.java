package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.job.codec.Codecs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Keyed state of the rollup: per larger interval which parts are known, and the parts; parts that
 * were revised late, and when something was last heard of intervals that wait for the lake.
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

  /** Has an interval wait for the lake, market time, epoch ms. */
  void await(long window, long nowMs) throws Exception {
    awaited.put(window, nowMs);
  }

  boolean isAwaited(long window) throws Exception {
    return awaited.contains(window);
  }

  /** When something was last heard of an interval that waits; long ago if it does not. */
  long awaitedMs(long window) throws Exception {
    Long ms = awaited.get(window);
    return ms == null ? Long.MIN_VALUE : ms;
  }

  void dropAwaited(long window) throws Exception {
    awaited.remove(window);
  }

  /** The intervals that wait for the lake, ascending, each with its late parts. */
  NavigableMap<Long, List<Candle>> waiting(Timeframe larger) throws Exception {
    NavigableMap<Long, List<Candle>> windows = late(larger);
    for (Long window : awaited.keys()) {
      windows.putIfAbsent(window, List.of());
    }
    return windows;
  }

  /** Whether nothing is kept of a stream. */
  boolean isBlank() throws Exception {
    return known.isEmpty() && late.isEmpty() && awaited.isEmpty();
  }

  /** Keeps a part; an earlier version never takes the place of a later one. */
  void put(Timeframe larger, Candle part) throws Exception {
    Candle kept = parts.get(part.openTimeMs());
    if (kept == null || part.revision() >= kept.revision()) {
      parts.put(part.openTimeMs(), part);
    }
    mark(larger, Intervals.of(part.openTimeMs(), part.endTimeMs()));
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

  /** Drops the parts of intervals that ended by then and of which nothing was heard since then. */
  void dropBefore(Timeframe larger, long endMs) throws Exception {
    List<Long> old = new ArrayList<>();
    for (Long window : known.keys()) {
      if (window + larger.millis() <= endMs && awaitedMs(window) <= endMs) {
        old.add(window);
      }
    }
    for (Long window : old) {
      drop(larger, window);
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
