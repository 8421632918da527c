package dev.candles.job.operator;

import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.finality.Version;
import dev.candles.core.ledger.LedgerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** The ledger's state of the stream that is Flink's current key. */
final class KeyedLedgerStore implements LedgerStore {
  private static final String PARKED = "parked";

  private final KeyedMap<Long, long[]> days;
  private final KeyedMap<Long, Version> versions;
  private final ListState<LedgerEvent> parked;
  private final KeyedValue<Long> seq;
  private final KeyedValue<Long> accounted;
  private final KeyedValue<long[]> missing;

  KeyedLedgerStore(RuntimeContext context) {
    var words = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
    days = KeyedMap.of(context, new MapStateDescriptor<>("days", Types.LONG, words));
    versions =
        KeyedMap.of(context, new MapStateDescriptor<>("versions", Long.class, Version.class));
    parked = context.getListState(new ListStateDescriptor<>(PARKED, LedgerEvent.class));
    seq = KeyedValue.of(context, new ValueStateDescriptor<>("seq", Long.class));
    accounted = KeyedValue.of(context, new ValueStateDescriptor<>("accounted", Long.class));
    missing = KeyedValue.of(context, new ValueStateDescriptor<>("missing", words));
  }

  @Override
  public long @Nullable [] day(long dayMs) {
    return days.get(dayMs);
  }

  @Override
  public void putDay(long dayMs, long @Nullable [] words) {
    if (words == null) {
      days.remove(dayMs);
    } else {
      days.put(dayMs, words);
    }
  }

  @Override
  public @Nullable Version version(long openTimeMs) {
    return versions.get(openTimeMs);
  }

  @Override
  public void putVersion(long openTimeMs, Version version) {
    versions.put(openTimeMs, version);
  }

  @Override
  public void removeVersions(LongPredicate old) {
    versions.removeIf(old::test);
  }

  @Override
  public void clearVersions() {
    versions.clear();
  }

  @Override
  public void park(LedgerEvent event) {
    try {
      parked.add(event);
    } catch (Exception e) {
      throw KeyedValue.broken(PARKED, e);
    }
  }

  @Override
  public List<LedgerEvent> unpark() {
    List<LedgerEvent> events = new ArrayList<>();
    try {
      parked.get().forEach(events::add);
    } catch (Exception e) {
      throw KeyedValue.broken(PARKED, e);
    }
    parked.clear();
    return events;
  }

  @Override
  public long seq() {
    return orZero(seq);
  }

  @Override
  public void putSeq(long newSeq) {
    seq.put(newSeq);
  }

  @Override
  public long accountedToMs() {
    return orZero(accounted);
  }

  @Override
  public void putAccountedToMs(long accountedToMs) {
    accounted.put(accountedToMs);
  }

  @Override
  public Intervals missing() {
    long[] bounds = missing.get();
    return bounds == null ? Intervals.empty() : Intervals.fromArray(bounds);
  }

  @Override
  public void putMissing(Intervals newMissing) {
    missing.put(newMissing.isEmpty() ? null : newMissing.toArray());
  }

  private static long orZero(KeyedValue<Long> state) {
    Long value = state.get();
    return value == null ? 0 : value;
  }
}
