package dev.candles.core.rollup;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.lake.Committed;
import dev.candles.core.lake.HeldParts;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Folds larger intervals that are complete, and sees to it that what is not is looked for in the
 * lake before it is dropped:
 *
 * <ol>
 *   <li>what is complete is folded at once, and kept for {@link Retention#partsMs} after its end;
 *   <li>what is not complete an hour after its end has its day wait until the lake holds all that
 *       was heard of that day, see {@link Committed};
 *   <li>then the lake is read when it is the turn of the stream, see {@link LakeTurns}. It holds
 *       all that was ever dropped here, so what is not whole there lacks a part that nobody knows;
 *   <li>that is dropped once it is old, and begins anew when something is heard of it.
 * </ol>
 *
 * <p>So nothing waits for more than commits, and nothing that was dropped too early, as by a clock
 * that was ahead, is lost.
 */
final class RollupFolds {
  /**
   * So long after its end an interval is complete, unless something was lost: what REST is asked
   * about while a market is quiet is answered by then. Market time.
   */
  static final long SETTLED_MS = Timeframe.H1.millis();

  /** A day that cannot be read is read again after so many checkpoints. */
  static final int READ_AGAIN_AFTER = 20;

  private static final long PARTS_MS = Retention.COLLECTOR.partsMs();

  /** Days that are looked over for each that is read: history fills most of them meanwhile. */
  private static final int LOOKED_OVER = 8;

  private final KeptParts state;
  private final MarketClock clock;
  private final Committed committed;
  private final LakeTurns turns;
  private final long beatMs;
  private final Set<StreamKey> announced = new HashSet<>();

  /**
   * By stream the last interval that had a timer set for when it is settled, which has not come:
   * each further part need not set it once more. One entry per stream, never restored.
   */
  private final Map<StreamKey, Long> settling = new HashMap<>();

  /**
   * @param beatMs how often the lake is looked at, real milliseconds
   */
  RollupFolds(
      KeptParts state, MarketClock clock, Committed committed, LakeTurns turns, long beatMs) {
    this.state = state;
    this.clock = clock;
    this.committed = committed;
    this.turns = turns;
    this.beatMs = beatMs;
  }

  boolean isAnnounced(StreamKey larger) {
    return announced.contains(larger);
  }

  /**
   * What was written before a restart is visible from now on: what was kept over it waits as if it
   * were heard now.
   */
  void announced(StreamKey larger, RollupTimers timers) {
    if (!announced.add(larger)) {
      return;
    }
    for (Map.Entry<Long, Long> day : state.awaited()) {
      await(larger, day.getKey(), timers);
    }
    for (Long window : state.late(larger.timeframe()).keySet()) {
      await(larger, window, timers);
    }
    for (Long window : state.known()) {
      keep(larger, window, state.isComplete(larger.timeframe(), window), timers);
    }
  }

  /** Whether an interval has ended. */
  boolean isOver(StreamKey larger, long window, RollupTimers timers) {
    return endAt(larger, window, 0) <= timers.nowMs();
  }

  /** Whether the parts of an interval are not kept any more. */
  boolean isOld(StreamKey larger, long window, RollupTimers timers) {
    return endAt(larger, window, PARTS_MS) <= timers.nowMs();
  }

  /**
   * Folds an interval if all of it is known.
   *
   * @param known whether it is, as {@link KeptParts} said when it was told
   */
  void foldOrKeep(
      StreamKey larger, long window, boolean known, RollupTimers timers, RollupOutput out) {
    boolean complete = known && fold(larger, window, out);
    keep(larger, window, complete, timers);
  }

  /**
   * Tells what all parts of an interval make. What is forgotten here is lacking from then on, until
   * the ledger or the lake tells it.
   *
   * @return whether they make anything
   */
  private boolean fold(StreamKey larger, long window, RollupOutput out) {
    List<Candle> parts = state.parts(larger.timeframe(), window);
    int unsound = state.dropUnsound(window, parts);
    if (unsound > 0) {
      out.unsound(larger, window, unsound);
      return false;
    }
    long endMs = window + larger.timeframe().millis();
    out.ledger(
        Rollup.fold(larger, window, parts)
            .<LedgerEvent>map(LedgerEvent.Final::new)
            .orElseGet(() -> new LedgerEvent.Empty(larger, window, endMs, Evidence.ROLLUP)));
    return true;
  }

  private void keep(StreamKey larger, long window, boolean complete, RollupTimers timers) {
    long settledAt = endAt(larger, window, SETTLED_MS);
    if (!complete && settledAt > timers.nowMs()) {
      if (!Objects.equals(settling.put(larger, window), window)) {
        timers.wakeAt(settledAt);
      }
      return;
    }
    if (!isOld(larger, window, timers)) {
      timers.wakeAt(endAt(larger, window, PARTS_MS));
    } else if (complete) {
      state.drop(larger.timeframe(), window);
    }
    if (!complete) {
      await(larger, window, timers);
    }
  }

  /** Has the lake looked into for an interval, if anybody collects its stream. */
  void await(StreamKey larger, long window, RollupTimers timers) {
    long dayMs = Timeframe.D1.floor(window);
    boolean waits = state.isAwaited(dayMs, committed.now());
    if (!waits) {
      state.await(dayMs, committed.now());
    }
    if (isAnnounced(larger) && !(waits && turns.isWaiting(larger))) {
      turns.want(larger, dayMs);
      lookLater(timers);
    }
  }

  /** One timer for all that comes within the same stretch. */
  private void lookLater(RollupTimers timers) {
    timers.wakeAt((timers.nowMs() / beatMs + 1) * beatMs);
  }

  /** Real time of so long after the end of an interval, market milliseconds. */
  private long endAt(StreamKey larger, long window, long afterMs) {
    return clock.realAt(window + larger.timeframe().millis() + afterMs);
  }

  void onTimer(StreamKey larger, long timestamp, RollupTimers timers, RollupOutput out) {
    settling.remove(larger);
    keepOn(larger, timestamp, SETTLED_MS, timers);
    keepOn(larger, timestamp, PARTS_MS, timers);
    boolean isBeat = timestamp % beatMs == 0; // else it is the time of an interval alone
    if (!isBeat || !isAnnounced(larger) || !state.isAwaiting()) {
      return;
    }
    int reads = turns.take(larger, timestamp);
    if (reads > 0) {
      look(larger, reads, timers, out);
    }
    if (state.isAwaiting()) {
      lookLater(timers);
    }
  }

  /** A timer tells by its time which interval it is for, so that the others are not looked over. */
  private void keepOn(StreamKey larger, long timestamp, long afterMs, RollupTimers timers) {
    Timeframe timeframe = larger.timeframe();
    long nearMs = clock.marketAt(timestamp) - afterMs + timeframe.millis() / 2;
    long window = timeframe.floor(nearMs) - timeframe.millis();
    if (endAt(larger, window, afterMs) == timestamp && state.knows(window)) {
      keep(larger, window, state.isComplete(timeframe, window), timers);
    }
  }

  private void look(StreamKey larger, int reads, RollupTimers timers, RollupOutput out) {
    Look look = new Look(larger, timers, out);
    int over = LOOKED_OVER * reads;
    for (Map.Entry<Long, Long> day : state.awaited()) {
      if (!committed.holds(day.getValue()) || look.days == reads || over == 0 || turns.isLong()) {
        break;
      }
      over--;
      look.at(day.getKey());
    }
    look.tell();
    if (state.isAwaiting()) {
      turns.want(larger, state.awaitedSince());
    }
  }

  /** What a stream does when it is its turn. */
  private final class Look {
    private final StreamKey larger;
    private final RollupTimers timers;
    private final RollupOutput out;
    private final Map<Long, List<Candle>> late;
    private int days;
    private int made;
    private int left;
    private int archived;

    Look(StreamKey larger, RollupTimers timers, RollupOutput out) {
      this.larger = larger;
      this.timers = timers;
      this.out = out;
      this.late = state.late(larger.timeframe());
    }

    void at(long dayMs) {
      Map<Long, List<Candle>> windows = state.incomplete(larger.timeframe(), dayMs, late);
      if (!windows.isEmpty()) {
        days++;
        Optional<HeldParts> held = held(dayMs);
        if (held.isEmpty()) {
          state.await(dayMs, committed.now() + READ_AGAIN_AFTER);
          return;
        }
        for (Map.Entry<Long, List<Candle>> window : windows.entrySet()) {
          at(window.getKey(), window.getValue(), held.get());
        }
      }
      state.dropAwaited(dayMs);
    }

    private Optional<HeldParts> held(long dayMs) {
      try {
        return Optional.of(turns.held(larger, dayMs));
      } catch (IOException e) {
        out.unreadable(larger, dayMs, e);
        return Optional.empty();
      }
    }

    private void at(long window, List<Candle> revised, HeldParts held) {
      long endMs = window + larger.timeframe().millis();
      Optional<List<Candle>> parts = held.whole(window, endMs);
      if (parts.isPresent()) {
        made++;
        state.putAll(larger.timeframe(), parts.get());
        state.putAll(larger.timeframe(), revised);
        state.putSilent(larger.timeframe(), Intervals.of(window, endMs));
        foldOrKeep(larger, window, state.isComplete(larger.timeframe(), window), timers, out);
      } else {
        leave(window, revised);
        archived += held.isArchived(window, endMs) ? 1 : 0;
      }
      state.dropLate(revised);
    }

    /** Nobody knows one of its parts, or it lies in another lake. */
    private void leave(long window, List<Candle> revised) {
      left++;
      if (!revised.isEmpty() && !state.knows(window)) {
        out.notRevised(larger, window, revised.size());
      }
      if (isOld(larger, window, timers)) {
        state.drop(larger.timeframe(), window);
      }
    }

    void tell() {
      if (days > 0) {
        out.looked(larger, days, made, left);
      }
      if (archived > 0) {
        out.archived(larger, archived);
      }
    }
  }
}
