package dev.candles.core.proof;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.finality.Arbiter;
import dev.candles.core.finality.Verdict;
import dev.candles.core.finality.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the collector believes, and whether it may. It also knows the truth, and writes down every
 * belief that the premises do not excuse:
 *
 * <ul>
 *   <li>A candle is made of the first trades by id of its interval; a trade may only lack if it was
 *       published late (after the grace, or after the row had settled).
 *   <li>An emptiness is over no trade but one that was published late, and after the claim was
 *       made.
 * </ul>
 */
final class ModelLedger {
  final NavigableMap<Long, IntervalState> states = new TreeMap<>();
  final Map<Long, Candle> finals = new HashMap<>();
  final Map<Long, Reason> reasons = new HashMap<>();
  final List<String> wrong = new ArrayList<>();

  /** By interval, since when its state has been what it is. */
  final Map<Long, Long> changedMs = new HashMap<>();

  /** The true time. */
  long nowMs;

  int revisions;
  int disagreements;

  private final ModelTape tape;
  private final long settleMs;

  ModelLedger(ModelTape tape, long settleMs) {
    this.tape = tape;
    this.settleMs = Math.max(settleMs, TradeEvidence.GRACE_MS);
  }

  void candle(Candle candle) {
    long open = candle.openTimeMs();
    Candle known = finals.get(open);
    Verdict verdict =
        Arbiter.judge(states.get(open), known == null ? null : Version.of(known), candle);
    if (verdict instanceof Verdict.Accept) {
      put(candle);
    } else if (verdict instanceof Verdict.Revision revision) {
      revisions++;
      put(candle.withRevision(revision.number()));
    } else if (verdict instanceof Verdict.Disagreement) {
      disagreements++;
    }
  }

  private void put(Candle candle) {
    long open = candle.openTimeMs();
    states.put(open, IntervalState.FINAL);
    finals.put(open, candle);
    changedMs.put(open, nowMs);
    int made = tape.madeOf(candle);
    if (made < 0) {
      wrong.add("a candle of no trades: " + candle + " at " + nowMs);
      return;
    }
    List<ModelTape.Print> mine = tape.byOpen.get(open);
    if (mine != null && made < mine.size() && !excused(mine.get(made), open, candle.firstTradeId() != null)) {
      wrong.add("a candle lacks " + mine.get(made) + ": " + candle + " at " + nowMs);
    }
  }

  /** Whether that trade was published so late that a candle or a silence may lack it. */
  private boolean excused(ModelTape.Print print, long openMs, boolean byIds) {
    long settledMs = byIds ? TradeEvidence.GRACE_MS : settleMs;
    return print.late() && print.atMs() > openMs + ModelTape.MINUTE + settledMs;
  }

  /**
   * @param asOfMs when that was said which proves it
   * @param byIds whether trade ids prove it
   */
  void empty(Intervals silent, long asOfMs, boolean byIds) {
    each(
        silent,
        open -> {
          if (states.get(open) == IntervalState.FINAL) {
            return;
          }
          List<ModelTape.Print> mine = tape.byOpen.get(open);
          if (mine != null && (tape.count(open, asOfMs) > 0 || !excused(mine.get(0), open, byIds))) {
            wrong.add("a silence over " + mine.get(0) + " at " + nowMs);
          }
          if (states.put(open, IntervalState.VERIFIED_EMPTY) != IntervalState.VERIFIED_EMPTY) {
            changedMs.put(open, nowMs);
          }
        });
  }

  void unrecoverable(Intervals lost, Reason why) {
    each(
        lost,
        open -> {
          if (states.get(open) == null) {
            states.put(open, IntervalState.UNRECOVERABLE);
            reasons.put(open, why);
            changedMs.put(open, nowMs);
          }
        });
  }

  /** Intervals without a state. */
  Intervals unknown(long fromMs, long toMs) {
    return Intervals.of(fromMs, toMs).minus(of(fromMs, toMs, null));
  }

  /** Intervals in that state; in any where it is null. */
  Intervals of(long fromMs, long toMs, @Nullable IntervalState state) {
    long[] opens =
        states.subMap(fromMs, toMs).entrySet().stream()
            .filter(e -> state == null || e.getValue() == state)
            .mapToLong(Map.Entry::getKey)
            .toArray();
    return Intervals.ofOpenTimes(opens, ModelTape.MINUTE);
  }

  /** Whether the interval is as the truth has it. */
  boolean isRight(long openMs, long listedDayMs) {
    List<ModelTape.Print> mine = tape.byOpen.get(openMs);
    IntervalState state = states.get(openMs);
    if (mine == null) {
      return state == IntervalState.VERIFIED_EMPTY
          || (state == IntervalState.UNRECOVERABLE
              && reasons.get(openMs) == Reason.BEFORE_LISTING
              && openMs < listedDayMs);
    }
    Candle candle = finals.get(openMs);
    return state == IntervalState.FINAL
        && candle != null
        && tape.madeOf(candle) == mine.size();
  }

  private static void each(Intervals set, java.util.function.LongConsumer action) {
    for (int i = 0; i < set.count(); i++) {
      for (long open = set.from(i); open < set.to(i); open += ModelTape.MINUTE) {
        action.accept(open);
      }
    }
  }
}
