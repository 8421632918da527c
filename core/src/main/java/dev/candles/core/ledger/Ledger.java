package dev.candles.core.ledger;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.finality.Verdict;
import dev.candles.core.finality.Version;
import dev.candles.core.finality.VersionPolicy;
import dev.candles.core.lake.Committed;
import dev.candles.core.time.Retention;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the coverage of streams: the only place that dedupes candles and sees revisions. Pure but
 * for what it reads of the lake: no clock; the caller keeps the state of each stream behind {@link
 * LedgerStore} and says what time it is.
 *
 * <ol>
 *   <li>What comes of a stream before its announcement in this attempt is parked.
 *   <li>The announcement says what the lake holds, which wins within its range, and no candle of
 *       the lake that is believed lies behind it. Then what was parked is taken. Of an interval
 *       before that range that is not known to have a candle the lake is asked, so that none is
 *       written twice.
 *   <li>A candle is judged by {@link VersionPolicy} against the version that is remembered, or that
 *       the lake holds if none is remembered and it may be corrected; if it does not hold one yet,
 *       the correction is parked until it does. A {@link FlatRow} of an interval without a candle
 *       makes it empty. Of what is missing, filled, empty or given up each change is told once, as
 *       a row of coverage.
 *   <li>{@link #onHour} forgets old versions and says how far the stream is accounted for.
 * </ol>
 */
public final class Ledger {
  private static final long HOUR_MS = Timeframe.H1.millis();

  /** What comes long after an interval is final, and may replace its candle. */
  private static final Set<Evidence> CORRECTS =
      EnumSet.of(Evidence.REST_TWICE, Evidence.REST_TRADES, Evidence.ROLLUP);

  private final LedgerStore store;
  private final WrittenCandles lake;
  private final Retention retention;
  private final Committed committed;

  /** By stream that was announced in this attempt. Never restored. */
  private final Map<String, Announced> announced = new HashMap<>();

  /**
   * What an announcement told.
   *
   * @param fromMs where it begins, epoch ms, UTC: nothing was said of what lies before
   */
  private record Announced(long fromMs, RememberedVersions versions, WaitingCorrections waiting) {}

  /**
   * @param store holds, whenever a stream is asked about, the state of that stream
   * @param lake knows the versions that were written before this attempt
   * @param committed tells when it knows those of this attempt
   */
  public Ledger(LedgerStore store, WrittenCandles lake, Retention retention, Committed committed) {
    this.store = store;
    this.lake = lake;
    this.retention = retention;
    this.committed = committed;
  }

  /** Whether a stream was announced in this attempt; of others nothing is known yet. */
  public boolean isAnnounced(StreamKey stream) {
    return announced.containsKey(stream.id());
  }

  /** When {@link #onHour} is due next (epoch ms, UTC), at {@code nowMs}. */
  public static long nextHourMs(long nowMs) {
    return (Math.floorDiv(nowMs, HOUR_MS) + 1) * HOUR_MS;
  }

  /**
   * Takes an event of a stream.
   *
   * @param nowMs market time, epoch ms, UTC
   * @throws IOException if the lake cannot be read
   */
  public void take(LedgerEvent event, long nowMs, LedgerOutput out) throws IOException {
    StreamKey stream = event.stream();
    Step step = new Step(stream, store, nowMs, out);
    if (event instanceof LedgerEvent.Announced) {
      take(step, event);
    } else if (announced.containsKey(stream.id())) {
      takeWaiting(step);
      take(step, event);
    } else {
      store.parked().add(event);
    }
  }

  /**
   * An hour is over: forgets what is older, and says how far the stream is accounted for.
   *
   * @param hourMs end of the hour, which may be told late, epoch ms, UTC
   * @param nowMs market time, epoch ms, UTC
   * @return whether the stream was announced in this attempt; else nothing is done
   * @throws IOException if the lake cannot be read
   */
  public boolean onHour(StreamKey stream, long hourMs, long nowMs, LedgerOutput out)
      throws IOException {
    Announced told = announced.get(stream.id());
    if (told == null) {
      return false;
    }
    Step step = new Step(stream, store, nowMs, out);
    takeWaiting(step);
    told.versions().forget(hourMs - retention.versionsMs());
    long fromMs = store.accountedToMs();
    long throughMs = step.states().firstUnknown(fromMs);
    store.accounted().put(throughMs);
    if (throughMs > fromMs) {
      step.row(fromMs, throughMs, IntervalState.THROUGH, Reason.NONE, null);
    }
    return true;
  }

  private void announced(Step step, StreamBootstrap held) throws IOException {
    step.states().replace(held);
    long oldestMs = held.toMs() - retention.versionsMs();
    RememberedVersions versions =
        RememberedVersions.announced(
            store.versions(), step.stream().timeframe(), oldestMs, held.recent(), committed);
    WaitingCorrections waiting = new WaitingCorrections(committed);
    announced.put(step.stream().id(), new Announced(held.fromMs(), versions, waiting));
    store.seq().put(Math.max(held.seq(), store.lastSeq()));
    store.accounted().put(held.fromMs());
    step.closeMissing(Intervals.fromArray(held.finals()));
    Intervals lost = held.lostWithin();
    Intervals known = Intervals.fromArray(held.empties()).union(lost);
    Intervals before = Intervals.before(held.fromMs());
    // the lake wins over older state; what it still misses before, it would have announced
    store.putMissing(store.missingIntervals().minus(known).minus(before));
    count(step, IntervalState.FINAL, Intervals.fromArray(held.finals()), 1);
    count(step, IntervalState.VERIFIED_EMPTY, Intervals.fromArray(held.empties()), 1);
    count(step, IntervalState.UNRECOVERABLE, lost, 1);
    step.out().missing(store.missingIntervals());
    tellLost(step, lost);
    for (LedgerEvent parked : store.parked().drain()) {
      if (!held.isForgotten(parked.toMs())) {
        take(step, parked);
      }
    }
  }

  /** A larger timeframe that was not there when they were lost learns of them; others know. */
  private static void tellLost(Step step, Intervals lost) {
    for (int i = 0; i < lost.count(); i++) {
      step.out()
          .accepted(
              new LedgerEvent.Unrecoverable(
                  step.stream(), lost.from(i), lost.to(i), Reason.NO_PROOF));
    }
  }

  private void take(Step step, LedgerEvent event) throws IOException {
    event.dispatch(new Taking(step));
  }

  /** Takes what is told of one stream. */
  private final class Taking implements LedgerEvent.Handler<IOException> {
    private final Step step;

    Taking(Step step) {
      this.step = step;
    }

    @Override
    public void announced(LedgerEvent.Announced told) throws IOException {
      Ledger.this.announced(step, told.lake());
    }

    @Override
    public void candle(LedgerEvent.Final told) throws IOException {
      believeLakeBeforeAnnounced(step, told);
      judge(step, told.candle());
    }

    @Override
    public void missing(LedgerEvent.Missing told) throws IOException {
      Intervals runs = unknown(told).minus(store.missingIntervals());
      step.rows(runs, IntervalState.MISSING, told.reason(), null);
      pass(runs, told);
    }

    @Override
    public void filled(LedgerEvent.Filled told) throws IOException {
      believeLakeBeforeAnnounced(step, told);
      Intervals finals =
          step.states().pick(told.fromMs(), told.toMs(), s -> s == IntervalState.FINAL);
      Intervals runs = finals.intersect(store.missingIntervals());
      step.rows(runs, IntervalState.FINAL, Reason.NONE, told.evidence());
      step.out().accepted(told);
    }

    @Override
    public void empty(LedgerEvent.Empty told) throws IOException {
      believeLakeBeforeAnnounced(step, told);
      Intervals runs =
          step.states()
              .pick(told.fromMs(), told.toMs(), s -> s == null || s == IntervalState.UNRECOVERABLE);
      Intervals lost =
          step.states().pick(told.fromMs(), told.toMs(), s -> s == IntervalState.UNRECOVERABLE);
      step.states().set(runs, IntervalState.VERIFIED_EMPTY);
      count(step, IntervalState.VERIFIED_EMPTY, runs, 1);
      count(step, IntervalState.UNRECOVERABLE, lost, -1);
      rememberSilence(step, runs, told.evidence());
      step.rows(runs, IntervalState.VERIFIED_EMPTY, Reason.NONE, told.evidence());
      pass(runs, told);
    }

    @Override
    public void unrecoverable(LedgerEvent.Unrecoverable told) throws IOException {
      Intervals runs = unknown(told);
      step.states().set(runs, IntervalState.UNRECOVERABLE);
      count(step, IntervalState.UNRECOVERABLE, runs, 1);
      step.rows(runs, IntervalState.UNRECOVERABLE, told.reason(), null);
      pass(runs, told);
    }

    private Intervals unknown(LedgerEvent told) throws IOException {
      believeLakeBeforeAnnounced(step, told);
      return step.states().pick(told.fromMs(), told.toMs(), s -> s == null);
    }

    private void pass(Intervals runs, AcceptedEvent told) {
      if (!runs.isEmpty()) {
        step.out().accepted(told);
      }
    }
  }

  /**
   * What is not asked for may be proven all the same, such as a late trade's interval: if the state
   * of before is lost, or older than the lake, the lake alone knows whether it has the candle.
   */
  private void believeLakeBeforeAnnounced(Step step, LedgerEvent event) throws IOException {
    long toMs = told(step.stream()).fromMs();
    if (event.fromMs() >= toMs) {
      return;
    }
    Intervals unheld =
        step.states()
            .pick(event.fromMs(), Math.min(event.toMs(), toMs), s -> s != IntervalState.FINAL);
    for (int i = 0; i < unheld.count(); i++) {
      for (Candle held : lake.candles(step.stream(), unheld.from(i), unheld.to(i))) {
        become(step, step.states().of(held.openTimeMs()), held);
        put(step.stream(), held.openTimeMs(), Version.of(held));
      }
    }
  }

  private void judge(Step step, Candle candle) throws IOException {
    IntervalState before = step.states().of(candle.openTimeMs());
    Version known = known(before, candle);
    if (known == null && mayCorrect(before, candle) && mustWait(step, candle)) {
      return;
    }
    Verdict verdict = VersionPolicy.judge(before, known, candle);
    if (verdict instanceof Verdict.Accept) {
      accept(step, before, candle);
    } else if (verdict instanceof Verdict.Silence silence) {
      long open = candle.openTimeMs();
      take(
          step, new LedgerEvent.Empty(step.stream(), open, candle.endTimeMs(), silence.evidence()));
    } else if (verdict instanceof Verdict.Revision revision) {
      Candle revised = candle.withRevision(revision.number());
      remember(step, revised);
      step.out().revised(revised);
      step.out().accepted(new AcceptedEvent.Changed(revised));
    } else if (verdict instanceof Verdict.Disagreement) {
      step.out().disagreed(candle);
    } else if (candle.evidence() == Evidence.REST_TWICE) {
      step.out().confirmed(candle);
    } else {
      if (known != null && VersionPolicy.isProof(Version.of(candle), known)) {
        remember(step, candle.withRevision(known.revision()));
      }
      step.out().repeated(candle);
    }
  }

  private void accept(Step step, @Nullable IntervalState before, Candle candle) {
    remember(step, candle);
    become(step, before, candle);
    step.out().written(candle);
    step.out()
        .accepted(
            before == null ? new LedgerEvent.Final(candle) : new AcceptedEvent.Changed(candle));
    if (step.stream().timeframe() != Timeframe.BASE) {
      step.closeMissing(Intervals.of(candle.openTimeMs(), candle.endTimeMs()));
    } // a base stream's rows are closed by the run: the backfill says what it has filled
  }

  /**
   * The current version; of what has no state there is none. What is old and may be corrected is
   * not remembered, and the lake has it once that is committed, see {@link WaitingCorrections}.
   */
  private @Nullable Version known(@Nullable IntervalState before, Candle candle)
      throws IOException {
    long open = candle.openTimeMs();
    Version known = before == null ? null : store.versions().get(open);
    if (known != null || !mayCorrect(before, candle)) {
      return known;
    }
    for (Candle held : lake.candles(candle.stream(), open, candle.endTimeMs())) {
      known = Version.of(held);
      put(candle.stream(), open, known);
    }
    return known;
  }

  private static boolean mayCorrect(@Nullable IntervalState before, Candle candle) {
    return before == IntervalState.FINAL && CORRECTS.contains(candle.evidence());
  }

  private boolean mustWait(Step step, Candle candle) {
    boolean waits = told(step.stream()).waiting().mustWait(candle.openTimeMs());
    if (waits) {
      store.parked().add(new LedgerEvent.Final(candle));
    }
    return waits;
  }

  private void takeWaiting(Step step) throws IOException {
    WaitingCorrections waiting = told(step.stream()).waiting();
    if (waiting.isOver()) {
      for (LedgerEvent correction : store.parked().drain()) {
        take(step, correction);
      }
      waiting.forgetThoseThatAreOver();
    }
  }

  /** An interval has a candle now. */
  private void become(Step step, @Nullable IntervalState before, Candle candle) {
    step.states().set(candle.openTimeMs(), IntervalState.FINAL);
    Intervals one = Intervals.of(candle.openTimeMs(), candle.endTimeMs());
    count(step, IntervalState.FINAL, one, 1);
    if (before != null) {
      count(step, before, one, -1);
    }
  }

  private void remember(Step step, Candle candle) {
    long open = candle.openTimeMs();
    if (open >= step.nowMs() - retention.versionsMs() || store.versions().get(open) != null) {
      put(step.stream(), open, Version.of(candle));
    }
  }

  private void put(StreamKey stream, long openMs, Version version) {
    told(stream).versions().put(openMs, version);
  }

  /** Why it is silent decides what may overturn it; what is older is not remembered. */
  private void rememberSilence(Step step, Intervals silent, Evidence evidence) {
    long oldestMs = step.nowMs() - retention.versionsMs();
    long stepMs = step.stream().timeframe().millis();
    for (int i = 0; i < silent.count(); i++) {
      long fromMs = Math.max(silent.from(i), step.stream().timeframe().floor(oldestMs) + stepMs);
      for (long open = fromMs; open < silent.to(i); open += stepMs) {
        put(step.stream(), open, Version.ofSilence(evidence));
      }
    }
  }

  /** Nothing is counted of what lies before the announced range: nobody has counted it in. */
  private void count(Step step, IntervalState state, Intervals set, int sign) {
    Intervals since = set.minus(Intervals.before(told(step.stream()).fromMs()));
    step.out().counted(state, sign * since.length() / step.stream().timeframe().millis());
  }

  private Announced told(StreamKey stream) {
    return Objects.requireNonNull(announced.get(stream.id()));
  }
}
