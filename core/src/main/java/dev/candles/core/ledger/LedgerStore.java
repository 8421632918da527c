package dev.candles.core.ledger;

import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.finality.Version;
import dev.candles.core.state.StateList;
import dev.candles.core.state.StateMap;
import dev.candles.core.state.StateValue;
import java.util.ArrayList;
import java.util.HashMap;

/**
 * What {@link Ledger} keeps of the stream that it is asked about, so that it outlives it.
 *
 * @param days states as {@link DayCoverage#words}, by the start of their UTC day, epoch ms; a day
 *     of which nothing is known has none
 * @param versions current versions of candles, by open time, epoch ms, UTC
 * @param parked events that came before the lake was announced
 * @param seq sequence number of the last coverage row
 * @param accounted end (epoch ms, UTC) of what the last THROUGH row accounts for
 * @param missing intervals whose latest coverage row says MISSING, as {@link Intervals#toArray}
 */
public record LedgerStore(
    StateMap<Long, long[]> days,
    StateMap<Long, Version> versions,
    StateList<LedgerEvent> parked,
    StateValue<Long> seq,
    StateValue<Long> accounted,
    StateValue<long[]> missing) {

  /** One stream's, in memory. */
  public static LedgerStore inMemory() {
    return inMemory(StateMap.of(new HashMap<>()));
  }

  /** One stream's, in memory; its versions are kept by somebody else. */
  public static LedgerStore inMemory(StateMap<Long, Version> versions) {
    return new LedgerStore(
        StateMap.of(new HashMap<>()),
        versions,
        StateList.of(new ArrayList<>()),
        StateValue.inMemory(),
        StateValue.inMemory(),
        StateValue.inMemory());
  }

  /** The last row's, 0 before the first. */
  long lastSeq() {
    return orZero(seq);
  }

  /** Where the next THROUGH row begins, epoch ms, UTC; 0 before the first. */
  long accountedToMs() {
    return orZero(accounted);
  }

  /** Intervals whose latest coverage row says MISSING. */
  Intervals missingIntervals() {
    long[] bounds = missing.get();
    return bounds == null ? Intervals.empty() : Intervals.fromArray(bounds);
  }

  void putMissing(Intervals intervals) {
    missing.put(intervals.isEmpty() ? null : intervals.toArray());
  }

  private static long orZero(StateValue<Long> state) {
    Long value = state.get();
    return value == null ? 0 : value;
  }
}
