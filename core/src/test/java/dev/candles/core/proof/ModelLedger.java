package dev.candles.core.proof;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.finality.Version;
import dev.candles.core.lake.Committed;
import dev.candles.core.ledger.Ledger;
import dev.candles.core.ledger.LedgerOutput;
import dev.candles.core.ledger.LedgerStore;
import dev.candles.core.state.StateList;
import dev.candles.core.state.StateMap;
import dev.candles.core.state.StateValue;
import dev.candles.core.time.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lake of the model: what the real ledger writes, and whether it may. It also knows the truth,
 * and writes down every belief that the premises do not excuse:
 *
 * <ul>
 *   <li>A candle is made of the first trades by id of its interval, an emptiness is over none.
 *   <li>A trade may only lack if it was published late (after the grace, or after the row had
 *       settled), and after that was said on which the claim rests.
 * </ul>
 */
final class ModelLedger {
  private static final long MINUTE = ModelTape.MINUTE;

  final NavigableMap<Long, IntervalState> states = new TreeMap<>();
  final Map<Long, Candle> finals = new HashMap<>();
  final Map<Long, Reason> reasons = new HashMap<>();
  final List<String> wrong = new ArrayList<>();
  final List<CoverageRow> missing = new ArrayList<>();

  /** By interval, since when its state has been what it is. */
  final Map<Long, Long> changedMs = new HashMap<>();

  /** The true time. */
  long nowMs;

  int revisions;
  int disagreements;

  private final ModelTape tape;
  private Map<Long, long[]> days = new HashMap<>();
  private Map<Long, Version> versions = new HashMap<>();
  private LedgerStore store = store();
  private Ledger ledger = ledger();
  private long seq;
  private long hourMs;

  ModelLedger(ModelTape tape) {
    this.tape = tape;
  }

  private LedgerStore store() {
    return new LedgerStore(
        StateMap.of(days),
        StateMap.of(versions),
        StateList.of(new ArrayList<>()),
        StateValue.inMemory(),
        StateValue.inMemory(),
        StateValue.inMemory());
  }

  private Ledger ledger() {
    return new Ledger(
        store,
        (stream, fromMs, toMs) -> Optional.ofNullable(finals.get(fromMs)).stream().toList(),
        Retention.COLLECTOR,
        Committed.atOnce());
  }

  /**
   * @param claim what the event rests on
   */
  void take(LedgerEvent event, Claim claim) {
    try {
      if (nowMs >= hourMs) {
        ledger.onHour(ModelTape.STREAM, nowMs, nowMs, new Judgement(Claim.NONE));
        hourMs = Ledger.nextHourMs(nowMs);
      }
      ledger.take(event, nowMs, new Judgement(claim));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the lake holds, as a process is told that starts. */
  StreamBootstrap announcement(long fromMs, long toMs, Evidence live) {
    Intervals held = of(fromMs, toMs, IntervalState.FINAL);
    List<Candle> recent = new ArrayList<>();
    for (long open = toMs - Retention.COLLECTOR.passedMs(); open < toMs; open += MINUTE) {
      if (held.contains(open)) {
        recent.add(Objects.requireNonNull(finals.get(open)));
      }
    }
    return new StreamBootstrap(
        fromMs,
        toMs,
        held.toArray(),
        of(fromMs, toMs, IntervalState.VERIFIED_EMPTY).toArray(),
        of(fromMs, toMs, IntervalState.UNRECOVERABLE).toArray(),
        seq,
        0,
        ModelTape.STREAM.symbol(),
        live,
        recent);
  }

  /** Writes down what the ledger decides. */
  private final class Judgement implements LedgerOutput {
    private final Claim claim;

    Judgement(Claim claim) {
      this.claim = claim;
    }

    @Override
    public void written(Candle candle) {
      if (states.get(candle.openTimeMs()) == IntervalState.FINAL) {
        wrong.add("a candle is written twice: " + candle + " at " + nowMs);
      }
      put(candle, claim);
    }

    @Override
    public void revised(Candle candle) {
      revisions++;
      put(candle, claim);
    }

    @Override
    public void accepted(AcceptedEvent event) {}

    @Override
    public void counted(IntervalState state, long intervals) {}

    @Override
    public void missing(Intervals intervals) {}

    @Override
    public void coverage(CoverageRow row) {
      if (row.seq() != ++seq) {
        wrong.add("not the next row: " + row + " at " + nowMs);
      }
      Intervals range = Intervals.of(row.fromMs(), row.toMs());
      switch (row.state()) {
        case VERIFIED_EMPTY -> empty(range, claim);
        case UNRECOVERABLE -> unrecoverable(range, row.reason());
        case THROUGH -> each(range, this::accounted);
        case MISSING -> missing.add(row);
        case FINAL -> {}
      }
    }

    private void accounted(long open) {
      if (!states.containsKey(open)) {
        wrong.add("accounted for without a state: " + open + " at " + nowMs);
      }
    }

    @Override
    public void repeated(Candle candle) {}

    @Override
    public void confirmed(Candle candle) {}

    @Override
    public void disagreed(Candle candle) {
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
    /** Nothing is claimed. */
    static final Claim NONE = new Claim(Long.MAX_VALUE, 0, new TreeMap<>(), Long.MAX_VALUE);

    /** Whether that trade could not be known, but for its being late. */
    boolean mayLack(ModelTape.Print print) {
      long timeMs = print.trade().timeMs();
      long endMs = Timeframe.M1.floor(timeMs) + MINUTE;
      boolean overtaken =
          lastIds.tailMap(timeMs, false).values().stream().anyMatch(id -> id < print.trade().id());
      return endMs > wholeToMs
          || (print.late()
              && print.atMs() > endMs + settleMs
              && (print.atMs() > asOfMs || overtaken));
    }
  }

  private void empty(Intervals silent, Claim claim) {
    each(
        silent,
        open -> {
          List<ModelTape.Print> mine = tape.byOpen.get(open);
          if (mine != null && !claim.mayLack(mine.get(0))) {
            wrong.add("a silence over " + mine.get(0) + " at " + nowMs);
          }
          IntervalState before = states.put(open, IntervalState.VERIFIED_EMPTY);
          if (before == IntervalState.FINAL) {
            wrong.add("a silence over a candle that opens at " + open + " at " + nowMs);
          }
          if (before != IntervalState.VERIFIED_EMPTY) {
            changedMs.put(open, nowMs);
          }
        });
  }

  private void unrecoverable(Intervals lost, Reason why) {
    each(
        lost,
        open -> {
          if (states.put(open, IntervalState.UNRECOVERABLE) != null) {
            wrong.add("given up what was settled: " + open + " at " + nowMs);
          }
          reasons.put(open, why);
          changedMs.put(open, nowMs);
        });
  }

  /** What a checkpoint keeps. */
  record Saved(
      Map<Long, IntervalState> states,
      Map<Long, Candle> finals,
      Map<Long, Reason> why,
      Map<Long, long[]> days,
      Map<Long, Version> versions,
      LedgerStore store) {}

  Saved save() {
    LedgerStore values = LedgerStore.inMemory();
    copy(store, values);
    return new Saved(
        Map.copyOf(states),
        Map.copyOf(finals),
        Map.copyOf(reasons),
        Map.copyOf(days),
        Map.copyOf(versions),
        values);
  }

  private static void copy(LedgerStore from, LedgerStore to) {
    to.seq().put(from.seq().get());
    to.accounted().put(from.accounted().get());
    to.missing().put(from.missing().get());
  }

  /** The process starts again and parks what comes, until the lake is announced. */
  void restart() {
    ledger = ledger();
  }

  /** Lake and state are again what they were then; what was wrong stays noted. */
  void restore(Saved saved) {
    days = new HashMap<>(saved.days()); // words are replaced, never changed
    versions = new HashMap<>(saved.versions());
    store = store();
    copy(saved.store(), store);
    Long restored = store.seq().get();
    seq = restored == null ? 0 : restored;
    restart();
    states.clear();
    states.putAll(saved.states());
    finals.clear();
    finals.putAll(saved.finals());
    reasons.clear();
    reasons.putAll(saved.why());
  }

  /** Of the state nothing is left; the lake is. */
  void lose() {
    days = new HashMap<>();
    versions = new HashMap<>();
    store = store();
    restart();
  }

  /** Intervals in that state. */
  private Intervals of(long fromMs, long toMs, IntervalState state) {
    long[] opens =
        states.subMap(fromMs, toMs).entrySet().stream()
            .filter(e -> e.getValue() == state)
            .mapToLong(Map.Entry::getKey)
            .toArray();
    return Intervals.ofOpenTimes(opens, MINUTE);
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
      for (long open = set.from(i); open < set.to(i); open += MINUTE) {
        action.accept(open);
      }
    }
  }
}
