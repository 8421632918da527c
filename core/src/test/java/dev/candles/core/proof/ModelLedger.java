package dev.candles.core.proof;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Timeframe;
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
 *   <li>A candle is made of the first trades by id of its interval, an emptiness is over none.
 *   <li>A trade may only lack if it was published late (after the grace, or after the row had
 *       settled), and after that was said on which the claim rests.
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

  ModelLedger(ModelTape tape) {
    this.tape = tape;
  }

  /**
   * @param claim what it rests on
   */
  void candle(Candle candle, Claim claim) {
    long open = candle.openTimeMs();
    Candle known = finals.get(open);
    Verdict verdict =
        Arbiter.judge(states.get(open), known == null ? null : Version.of(known), candle);
    if (verdict instanceof Verdict.Accept) {
      put(candle, claim);
    } else if (verdict instanceof Verdict.Revision revision) {
      revisions++;
      put(candle.withRevision(revision.number()), claim);
    } else if (verdict instanceof Verdict.Disagreement) {
      disagreements++;
    }
  }

  private void put(Candle candle, Claim claim) {
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
    if (mine != null && made < mine.size() && !claim.mayLack(mine.get(made))) {
      wrong.add("a candle lacks " + mine.get(made) + ": " + candle + " at " + nowMs);
    }
  }

  /**
   * What a claim rests on.
   *
   * @param asOfMs when that was said which proves it
   * @param settleMs from an interval's end on until all but late trades are out
   * @param lastIds the word of the live chain, that may be overtaken by a late trade
   * @param wholeToMs a row of an interval that ends later may lack trades, and is read again
   */
  record Claim(long asOfMs, long settleMs, NavigableMap<Long, Long> lastIds, long wholeToMs) {
    /** Whether that trade could not be known, but for its being late. */
    boolean mayLack(ModelTape.Print print) {
      long timeMs = print.trade().timeMs();
      long endMs = Timeframe.M1.floor(timeMs) + ModelTape.MINUTE;
      boolean overtaken =
          lastIds.tailMap(timeMs, false).values().stream().anyMatch(id -> id < print.trade().id());
      return endMs > wholeToMs
          || (print.late()
              && print.atMs() > endMs + settleMs
              && (print.atMs() > asOfMs || overtaken));
    }
  }

  void empty(Intervals silent, Claim claim) {
    each(
        silent,
        open -> {
          if (states.get(open) == IntervalState.FINAL) {
            return;
          }
          List<ModelTape.Print> mine = tape.byOpen.get(open);
          if (mine != null && !claim.mayLack(mine.get(0))) {
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

  /** What a checkpoint keeps. */
  record Saved(Map<Long, IntervalState> states, Map<Long, Candle> finals, Map<Long, Reason> why) {}

  Saved save() {
    return new Saved(Map.copyOf(states), Map.copyOf(finals), Map.copyOf(reasons));
  }

  /** Believes again what it did then; what was wrong stays written down. */
  void restore(Saved saved) {
    states.clear();
    states.putAll(saved.states());
    finals.clear();
    finals.putAll(saved.finals());
    reasons.clear();
    reasons.putAll(saved.why());
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
    return state == IntervalState.FINAL && candle != null && tape.madeOf(candle) == mine.size();
  }

  private static void each(Intervals set, java.util.function.LongConsumer action) {
    for (int i = 0; i < set.count(); i++) {
      for (long open = set.from(i); open < set.to(i); open += ModelTape.MINUTE) {
        action.accept(open);
      }
    }
  }
}
