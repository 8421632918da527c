package dev.candles.core.repair;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.time.VenueClock;
import dev.candles.text.LogValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the repair of one venue: news, answers and time go in; requests and effects come
 * out. Sends nothing, waits for nothing and reads no clock.
 *
 * <ol>
 *   <li>{@link #take}: news of what is missing or in doubt becomes stored tasks; nothing is asked.
 *   <li>{@link #requests}: what is due is asked for, as far as the venue's budgets allow, in the
 *       order that {@link WorkLanes} and {@link WorkQueue} state. Each request must come back by
 *       {@link #answered}, whatever came of it: until then its task is not asked again.
 *   <li>{@link #answered}: what the answer proves goes to the ledger, the rest waits.
 *   <li>{@link #wake}: when to call again.
 * </ol>
 *
 * Tasks are in the {@link RepairStore}; all else is memory. After a restart a new planner over the
 * same store knows every task, and asks for those of a stream once that is announced: requests that
 * were in flight are asked again. Store and effects have to be kept together: an effect whose store
 * is rolled back must be rolled back too, or come from the lake by the next announcement.
 *
 * <p>The collector drives it by timers ({@code BackfillFunction}). A bounded history job can drive
 * the same class: it announces a range as missing, loops over {@link #requests}, {@link #answered}
 * and {@link #wake} with a store in memory and a quota that it renews whenever it has written, and
 * ends when all is filled or given up; what is given up stays a task, asked again a day later.
 *
 * <p>While requests fail, nothing but one probe at a time goes out, at last once a minute or when
 * the venue has said that it may be asked again: see {@link RequestLimiter}. What is due stays due,
 * and nothing is given up unasked. A clock that is set back makes no wait longer, see {@link
 * dev.candles.core.time.ForwardTime}.
 *
 * <p>Not thread-safe. Times named {@code ourMs} are market time of our clock, epoch ms.
 */
public final class RepairPlanner {
  /** What a store has to keep. */
  public static final List<RepairStore.Kind<?>> STORED =
      List.of(GapTask.STORED, ReconfirmTask.STORED, TradeFetchTask.STORED, ConfirmTask.STORED);

  private static final long UNKNOWN_SYMBOL_WAIT_MS = 3_600_000;
  private static final long TRADE_AHEAD_MS = 60_000;
  private static final int REJECTS_PER_MINUTE = 100;

  /** So many failures in a row are the venue's, not those of single questions. */
  private static final int OUTAGE_FAILURES = 5;

  /** Questions that fail for ever must not be asked at every answer to another. */
  private static final long RECOVERY_INTERVAL_MS = 900_000;

  private final VenueSession session;
  private final List<RepairTask<?>> tasks;
  private List<LedgerEvent> ledger = new ArrayList<>();
  private List<HealthSignal> health = new ArrayList<>();
  private long rejectMinute;
  private int rejectsThisMinute;
  private long nextRecoveryMs = Long.MIN_VALUE;

  /**
   * A planner of one attempt.
   *
   * @param clock the venue's time; only this planner may feed it
   * @param ourMs now
   */
  public RepairPlanner(
      RepairVenue venue, RepairStore store, RepairLog log, VenueClock clock, long ourMs) {
    Claims claims = new Claims(event -> ledger.add(event), log);
    session = new VenueSession(venue, log, claims, clock, ourMs);
    List<RepairTask<?>> followers = new ArrayList<>();
    GapTask gaps = new GapTask(store, session, followers);
    ReconfirmTask reads = new ReconfirmTask(store, session);
    followers.add(reads);
    followers.add(new TradeFetchTask(store, session, gaps));
    tasks = new ArrayList<>();
    tasks.add(gaps);
    tasks.addAll(followers);
    tasks.add(new ConfirmTask(store, session, gaps, reads));
  }

  /** Takes in what a stream lacks: it becomes tasks, nothing is asked here. */
  public RepairEffects take(RepairEvent event) {
    if (event instanceof RepairEvent.Announced news) {
      String symbol = news.stream().symbol();
      session.announced(news.stream(), new Market(symbol, news.venueSymbol(), news.listedAtMs()));
    }
    tasks.forEach(event::dispatch);
    return effects(List.of());
  }

  /**
   * What is to be sent now. Nobody else may send to the venue by these budgets.
   *
   * @param days bounds what is asked for, and what answers prove beside it
   */
  public List<RepairRequest> requests(StreamDayQuota days, long ourMs) {
    List<RepairRequest> requests = new ArrayList<>();
    session.days = days;
    long nowMs = session.nowMs(ourMs);
    long waitMs = session.waits.at(ourMs);
    while (session.limiter.mayAsk(waitMs)) {
      RepairWork work = session.lanes.take(nowMs, waitMs, days, session.limiter::isAsking);
      if (work == null) {
        break;
      }
      RepairTask<?> task = task(work);
      Optional<RepairRequest> request = task.next(work, nowMs);
      if (request.isEmpty()) {
        continue;
      }
      if (!session.limiter.tryTake(request.get(), waitMs)) {
        session.lanes.refused(work, session.limiter.opensAtMs(request.get(), waitMs));
        continue;
      }
      session.lanes.asked(work);
      if (work.streamDay() != null) {
        days.use(work.streamDay());
      }
      task.sent(work.key());
      requests.add(request.get());
    }
    return requests;
  }

  private RepairTask<?> task(RepairWork work) {
    for (RepairTask<?> task : tasks) {
      if (task.owns(work)) {
        return task;
      }
    }
    throw new IllegalStateException("no such kind of task: " + work);
  }

  /** Takes in what came of a request. */
  public RepairEffects answered(RepairAnswer answer, long ourMs) {
    long sentAtMs = session.limiter.ended(answer.request());
    var unused = session.nowMs(ourMs); // a clock that was set back is seen before the answer's word
    if (answer.dateMs() != AnswerAge.UNSAID) {
      session.clock.answered(answer.dateMs(), ourMs);
    }
    long nowMs = session.clock.at(ourMs);
    if (answer.body() == null) {
      failed(answer, FailureReason.of(answer.error()), 0, answer.error(), nowMs, ourMs);
      return effects(List.of());
    }
    RestAnswer said = answer.body().decode(nowMs);
    if (said.page().trades().stream().anyMatch(t -> isAhead(t, nowMs))) {
      failed(
          answer,
          FailureReason.CLOCK_OFF,
          0,
          "a trade of later than the venue's time",
          nowMs,
          ourMs);
      return effects(List.of());
    }
    List<Reject> rejects = said.rejects().stream().filter(r -> mayReject(nowMs)).toList();
    outcome(answer, said, sentAtMs, nowMs, ourMs);
    return effects(rejects);
  }

  private static boolean isAhead(Trade trade, long nowMs) {
    return trade.timeMs() > nowMs + TRADE_AHEAD_MS;
  }

  private void outcome(
      RepairAnswer answer, RestAnswer said, long sentAtMs, long nowMs, long ourMs) {
    RepairWork work = answer.request().work();
    RestQuery query = answer.request().query();
    switch (said.outcome()) {
      case ROWS -> {
        succeeded(sentAtMs, ourMs);
        task(work).answered(answer, said, nowMs);
      }
      case THROTTLED -> {
        long waitMs = Math.max(said.waitMs(), answer.retryAfterMs());
        session.log.log(
            RepairLog.Level.WARN,
            "event=rate_limited venue={} status={} retry_after={}s budget={}",
            session.profile.venue(),
            answer.status(),
            (waitMs + 999) / 1000,
            query.budget());
        if (session.limiter.throttled(query.budget(), session.waits.at(ourMs), waitMs)) {
          health(FailureReason.RATE_LIMITED, ourMs);
        }
        task(work).postpone(work.key(), nowMs + waitMs);
      }
      case UNKNOWN_SYMBOL -> {
        health(null, ourMs);
        session.log.log(
            RepairLog.Level.ERROR,
            "event=symbol_unknown stream={} error={}",
            query.stream(),
            LogValue.of(said.error()));
        task(work).postpone(work.key(), nowMs + UNKNOWN_SYMBOL_WAIT_MS);
      }
      case UNREADABLE -> {
        session.log.log(
            RepairLog.Level.WARN,
            "event=page_unreadable stream={} error={}",
            query.stream(),
            LogValue.of(said.error()));
        succeeded(sentAtMs, ourMs);
        // a gap is asked in smaller pages, other questions have one try less
        task(work).answered(answer, said, nowMs);
      }
      case FAILED ->
          failed(
              answer,
              answer.status() / 100 == 2 && said.waitMs() == 0
                  ? FailureReason.PROTOCOL
                  : FailureReason.CONNECTION_ERROR,
              said.waitMs(),
              "status " + answer.status() + ": " + said.error(),
              nowMs,
              ourMs);
    }
  }

  private void succeeded(long sentAtMs, long ourMs) {
    OptionalInt over = session.limiter.succeeded(sentAtMs);
    if (over.isEmpty()) {
      return; // and no sign of health either
    }
    boolean outage = over.getAsInt() >= OUTAGE_FAILURES;
    if (outage) {
      tasks.forEach(RepairTask::interrupted);
    }
    long waitMs = session.waits.at(ourMs);
    if (outage && waitMs >= nextRecoveryMs) {
      nextRecoveryMs = waitMs + RECOVERY_INTERVAL_MS;
      tasks.forEach(task -> task.answersAgain(session.clock.at(ourMs)));
    }
    health(null, ourMs);
  }

  private void health(@Nullable FailureReason failure, long ourMs) {
    health.add(new HealthSignal(session.profile.venue(), HealthSignal.REST, failure, ourMs));
  }

  private void failed(
      RepairAnswer answer,
      FailureReason reason,
      long leastMs,
      String error,
      long nowMs,
      long ourMs) {
    long askedMs = Math.max(leastMs, answer.retryAfterMs());
    long waitMs = session.limiter.failed(session.waits.at(ourMs), askedMs);
    health(reason, ourMs);
    session.log.log(
        RepairLog.Level.ERROR,
        "event=connection_error venue={} error={} attempt={} retry_ms={}",
        session.profile.venue(),
        LogValue.of(error),
        session.limiter.failures(),
        waitMs);
    task(answer.request().work()).failed(answer.request(), nowMs, waitMs);
  }

  /** Whether one more reject is kept in this market minute; outside data must not fill the disk. */
  private boolean mayReject(long nowMs) {
    long minute = nowMs / 60_000;
    rejectsThisMinute = minute == rejectMinute ? rejectsThisMinute + 1 : 1;
    rejectMinute = minute;
    return rejectsThisMinute <= REJECTS_PER_MINUTE;
  }

  private RepairEffects effects(List<Reject> rejects) {
    List<LedgerEvent> events = ledger;
    ledger = new ArrayList<>();
    List<HealthSignal> signals = health;
    health = new ArrayList<>();
    return new RepairEffects(events, rejects, signals);
  }

  /** Tasks that are to be asked, now or later. */
  public int open() {
    return session.lanes.size();
  }

  /** Of {@link #open} those that read again what is known, and repair nothing that is missing. */
  public int secondReads() {
    return session.lanes.size(RepairWork.Lane.RECHECK);
  }

  /**
   * When the next of what is missing or in doubt is asked for, if no news comes before: market time
   * of our clock, epoch ms, now if it is due; empty if nothing waits, as while it is being asked.
   */
  public OptionalLong nextRepairMs(long ourMs) {
    long nowMs = session.nowMs(ourMs);
    long aheadMs = session.waits.aheadMs();
    long nextMs =
        session.lanes.nextRepairMs(nowMs, ourMs + aheadMs, session.clock.offsetMs() - aheadMs);
    return nextMs == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(nextMs, session.limiter.blockedUntilMs()) - aheadMs);
  }

  /** How often a request had to wait for its budget. */
  public long waits() {
    return session.limiter.waits();
  }

  /**
   * Requests that a budget of the venue allows now. For any thread.
   *
   * @throws IllegalStateException if there is no such budget
   */
  public int budgetLeft(String budget, long ourMs) {
    return session.limiter.left(budget, ourMs + session.waits.aheadMs());
  }

  /** What is waited for. */
  public enum WaitsFor {
    /** Answers; look for them soon. */
    ANSWERS,
    /** Something is due, and only the quota of stream-days holds it back. */
    QUOTA,
    /** A time of our clock. */
    TIME,
    /** News: there is no task. */
    NEWS
  }

  /**
   * When to call {@link #requests} again.
   *
   * @param ourMs {@link WaitsFor#TIME}: not before then, epoch ms; else 0
   */
  public record Wake(WaitsFor waitsFor, long ourMs) {}

  /** When to call {@link #requests} again, if no news comes before. */
  public Wake wake(long ourMs) {
    if (session.limiter.isBusy()) {
      return new Wake(WaitsFor.ANSWERS, 0);
    }
    if (session.lanes.isEmpty()) {
      return new Wake(WaitsFor.NEWS, 0);
    }
    long nowMs = session.nowMs(ourMs);
    long aheadMs = session.waits.aheadMs();
    long nextMs =
        Math.max(
                session.lanes.nextMs(nowMs, ourMs + aheadMs, session.clock.offsetMs() - aheadMs),
                session.limiter.blockedUntilMs())
            - aheadMs;
    return nextMs <= ourMs ? new Wake(WaitsFor.QUOTA, 0) : new Wake(WaitsFor.TIME, nextMs);
  }
}
