package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.Announcement;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.finality.Version;
import dev.candles.core.time.Retention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * Keyed state of the ledger: two bits per interval for ever, versions of the last {@link
 * #REMEMBERED_MS}, the coverage sequence number, and what is parked until the lake was announced.
 */
final class LedgerState {
  /** How long versions are kept; an older repeat counts as a duplicate. */
  static final long REMEMBERED_MS = Retention.COLLECTOR.versionsMs();

  private final MapState<Long, long[]> days;
  private final MapState<Long, Version> versions;
  private final ListState<LedgerEvent> parked;
  private final ValueState<Long> seq;
  private final ValueState<Long> accountedFrom;
  private final ValueState<long[]> openMissing;

  /** Versions that were announced although they are old: they may still be revised. */
  private final Map<String, Set<Long>> doubted = new HashMap<>();

  LedgerState(RuntimeContext context) {
    days =
        context.getMapState(
            new MapStateDescriptor<>(
                "days", Types.LONG, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    versions = context.getMapState(new MapStateDescriptor<>("versions", Long.class, Version.class));
    parked = context.getListState(new ListStateDescriptor<>("parked", LedgerEvent.class));
    seq = context.getState(new ValueStateDescriptor<>("seq", Long.class));
    accountedFrom = context.getState(new ValueStateDescriptor<>("accounted", Long.class));
    openMissing =
        context.getState(
            new ValueStateDescriptor<>(
                "missing", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** Forgets what was thought of the announced range and believes the lake instead. */
  void replace(StreamKey stream, Announcement lake) throws Exception {
    Intervals range = Intervals.of(lake.fromMs(), lake.toMs());
    Intervals finals = Intervals.fromArray(lake.finals());
    Intervals empties = Intervals.fromArray(lake.empties());
    Intervals givenUp = Intervals.fromArray(lake.unrecoverable());
    long last = lake.toMs() - 1;
    for (long day = DayCoverage.dayOf(lake.fromMs()); day <= last; day += Timeframe.D1.millis()) {
      DayCoverage coverage = day(stream, day);
      coverage.set(range, null);
      coverage.set(finals, IntervalState.FINAL);
      coverage.set(empties, IntervalState.VERIFIED_EMPTY);
      coverage.set(givenUp, IntervalState.UNRECOVERABLE);
      put(day, coverage);
    }
    versions.clear();
    Set<Long> old = new HashSet<>();
    for (Candle candle : lake.recent()) {
      versions.put(candle.openTimeMs(), Version.of(candle));
      if (candle.openTimeMs() < lake.toMs() - REMEMBERED_MS) {
        old.add(candle.openTimeMs());
      }
    }
    doubted.put(stream.id(), old);
    seq.update(Math.max(lake.seq(), value(seq, 0)));
    accountedFrom.update(lake.fromMs());
  }

  /** Intervals whose latest coverage row says MISSING. */
  Intervals openMissing() throws Exception {
    long[] bounds = openMissing.value();
    return bounds == null ? Intervals.empty() : Intervals.fromArray(bounds);
  }

  void openMissing(Intervals intervals) throws Exception {
    if (intervals.isEmpty()) {
      openMissing.clear();
    } else {
      openMissing.update(intervals.toArray());
    }
  }

  void park(LedgerEvent event) throws Exception {
    parked.add(event);
  }

  List<LedgerEvent> unpark() throws Exception {
    List<LedgerEvent> events = new ArrayList<>();
    parked.get().forEach(events::add);
    parked.clear();
    return events;
  }

  @Nullable IntervalState of(StreamKey stream, long openTimeMs) throws Exception {
    return day(stream, openTimeMs).state(openTimeMs);
  }

  void set(StreamKey stream, long openTimeMs, IntervalState state) throws Exception {
    DayCoverage coverage = day(stream, openTimeMs);
    coverage.set(openTimeMs, state);
    put(DayCoverage.dayOf(openTimeMs), coverage);
  }

  void set(StreamKey stream, Intervals range, IntervalState state) throws Exception {
    for (int i = 0; i < range.count(); i++) {
      long last = range.to(i) - 1;
      for (long day = DayCoverage.dayOf(range.from(i)); day <= last; day += Timeframe.D1.millis()) {
        DayCoverage coverage = day(stream, day);
        coverage.set(range, state);
        put(day, coverage);
      }
    }
  }

  /** The intervals of {@code [fromMs, toMs)} whose state is one that {@code concerned} picks. */
  Intervals pick(
      StreamKey stream, long fromMs, long toMs, Predicate<@Nullable IntervalState> concerned)
      throws Exception {
    long step = stream.timeframe().millis();
    Intervals.Builder picked = new Intervals.Builder(4);
    DayCoverage day = day(stream, fromMs);
    long dayMs = DayCoverage.dayOf(fromMs);
    for (long open = fromMs; open < toMs; open += step) {
      if (DayCoverage.dayOf(open) != dayMs) {
        dayMs = DayCoverage.dayOf(open);
        day = day(stream, open);
      }
      if (concerned.test(day.state(open))) {
        picked.add(open, open + step);
      }
    }
    return picked.build();
  }

  @Nullable Version version(long openTimeMs) throws Exception {
    return versions.get(openTimeMs);
  }

  void remember(long openTimeMs, Version version) throws Exception {
    versions.put(openTimeMs, version);
  }

  void forgetBefore(StreamKey stream, long marketMs) throws Exception {
    Set<Long> kept = doubted.getOrDefault(stream.id(), Set.of());
    Iterator<Map.Entry<Long, Version>> entries = versions.iterator();
    while (entries.hasNext()) {
      long openMs = entries.next().getKey();
      if (openMs < marketMs && !kept.contains(openMs)) {
        entries.remove();
      }
    }
  }

  long nextSeq() throws Exception {
    long next = value(seq, 0) + 1;
    seq.update(next);
    return next;
  }

  /** Up to where the last {@code through} row accounts for the stream. */
  long accountedFrom() throws Exception {
    return value(accountedFrom, 0);
  }

  /** Moves on to the first interval without a state and returns it. */
  long advanceThrough(StreamKey stream) throws Exception {
    long at = accountedFrom();
    long end = DayCoverage.dayOf(at);
    do {
      end += Timeframe.D1.millis();
      at = day(stream, end - 1).firstUnknown(at);
    } while (at == end);
    accountedFrom.update(at);
    return at;
  }

  private DayCoverage day(StreamKey stream, long epochMs) throws Exception {
    return DayCoverage.of(stream.timeframe(), epochMs, days.get(DayCoverage.dayOf(epochMs)));
  }

  private void put(long day, DayCoverage coverage) throws Exception {
    if (coverage.isBlank()) {
      days.remove(day);
    } else {
      days.put(day, coverage.words());
    }
  }

  private static long value(ValueState<Long> state, long absent) throws Exception {
    Long value = state.value();
    return value == null ? absent : value;
  }
}
