package dev.candles.core.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The health of one venue: signals and time go in, changes of state come out. Pure: the caller
 * keeps {@link #snapshot} and says what time it is.
 *
 * <ol>
 *   <li>{@link HealthRules#degradedAt} failures in the window make it degraded, {@link
 *       HealthRules#downAt} down. No more failures than that are kept.
 *   <li>{@link HealthRules#recoverAfter} successes in a row make it healthy and empty the window,
 *       unless the last word of one of its connections, or of REST, was a failure, or a connection
 *       is still to be made: answers of REST do not make a venue healthy whose feed is cut.
 *   <li>A minute in which a live connection told of no failure is a success too, so that a venue
 *       that has nothing to repair recovers.
 *   <li>A degraded venue is healthy as soon as no failure is left in the window.
 *   <li>{@link Trouble} begins with the first failure after which not everything answered. It is
 *       over when everything answers and the venue is healthy, or with its last failure when none
 *       is left in the window and the venue is not down: of more nobody can tell. The last one that
 *       had made it ill is remembered.
 *   <li>A time as long as the window in which nobody watched, because the collector or the machine
 *       stood still, is part of no trouble: what lasted before ended with its last failure, and a
 *       venue that is still ill is so anew.
 * </ol>
 *
 * What the sources last said, and the successes, are of one attempt of the job: after a restart
 * every connection is made anew. All times are market time, epoch ms, UTC. A clock that is set back
 * keeps no failure from counting: what was stamped later than {@link #tick} then shows was so
 * before, and counts as now.
 */
public final class VenueHealth {
  /** How long a live connection must be without a failure to count as a success. */
  public static final long QUIET_MS = 60_000;

  /** By no more is a change stamped later than it is; a clock that was further ahead was wrong. */
  private static final long SET_BACK_MS = 3_600_000;

  /** Of this part nothing was heard in this attempt. */
  public static final long UNHEARD = -1;

  private final HealthRules rules;
  private final Deque<Failure> window = new ArrayDeque<>();
  private final Map<Integer, HealthSignal> lastOf = new HashMap<>();
  private final Map<Integer, Long> failsSince = new HashMap<>();
  private HealthState state;
  private long sinceMs;
  private long transitions;
  private long changedMs;
  private @Nullable Trouble trouble;
  private @Nullable Trouble past;
  private int successes;
  private long nowMs;
  private long heardMs;
  private long tickedMs;
  private long watchedMs;

  /** A failure that counts. */
  public record Failure(long atMs, FailureReason reason) {}

  /**
   * What has to be kept.
   *
   * @param sinceMs when the state was entered
   * @param transitions how many changes there were
   * @param changedMs what the last change was stamped with, which is later than {@code sinceMs}
   *     where the clock was set back before it; 0 if there was none
   * @param window the failures that count, oldest first
   * @param trouble what lasts; null if nothing does
   * @param past what lasted before and had made the venue ill; null if nothing had
   */
  public record Snapshot(
      HealthState state,
      long sinceMs,
      long transitions,
      long changedMs,
      List<Failure> window,
      @Nullable Trouble trouble,
      @Nullable Trouble past) {
    /** Of a venue of which nothing is known yet. */
    public static Snapshot fresh(long nowMs) {
      return new Snapshot(HealthState.HEALTHY, nowMs, 0, 0, List.of(), null, null);
    }

    /**
     * As builds kept it that knew of no trouble: an ill venue has one, of which part is unknown.
     */
    public static Snapshot of(
        HealthState state, long sinceMs, long transitions, List<Failure> window) {
      long fromMs = window.stream().mapToLong(Failure::atMs).reduce(sinceMs, Math::min);
      Trouble trouble =
          state == HealthState.HEALTHY ? null : new Trouble(fromMs, sinceMs, false, false);
      return new Snapshot(state, sinceMs, transitions, sinceMs, window, trouble, null);
    }

    /** When the first failure of what lasts was; 0 if nothing does. */
    public long troubleSinceMs() {
      return trouble == null ? 0 : trouble.fromMs();
    }

    /** How many of the failures that count have this reason. */
    public long failures(FailureReason reason) {
      return window.stream().filter(failure -> failure.reason() == reason).count();
    }
  }

  /** Goes on from what was kept. */
  public VenueHealth(HealthRules rules, Snapshot kept) {
    this.rules = rules;
    state = kept.state();
    sinceMs = kept.sinceMs();
    transitions = kept.transitions();
    changedMs = kept.changedMs();
    nowMs = kept.sinceMs();
    heardMs = kept.sinceMs();
    tickedMs = kept.sinceMs();
    watchedMs = kept.sinceMs();
    trouble = kept.trouble();
    past = kept.past();
    kept.window().forEach(this::count);
  }

  /** The state now. */
  public HealthState state() {
    return state;
  }

  /** Whether every connection that was heard of lives, and there is one. */
  public boolean connected() {
    List<HealthSignal> connections =
        lastOf.values().stream().filter(last -> last.source() != HealthSignal.REST).toList();
    return !connections.isEmpty() && connections.stream().allMatch(HealthSignal::success);
  }

  /** Whether this attempt has heard enough to make a venue healthy, and it is. */
  public boolean isProvenHealthy() {
    return state == HealthState.HEALTHY && isRecovering();
  }

  /** What has to be kept. */
  public Snapshot snapshot() {
    return new Snapshot(state, sinceMs, transitions, changedMs, List.copyOf(window), trouble, past);
  }

  /**
   * Since when a part of the venue fails, as far as this attempt has heard; 0 if it answers, {@link
   * #UNHEARD} if it has not been heard of. Of several connections one is enough.
   */
  public long failsSinceMs(Part part) {
    var heard =
        lastOf.values().stream()
            .filter(last -> Part.of(last) == part && (last.success() || last.failure() != null))
            .toList();
    return heard.stream()
        .mapToLong(last -> failsSince.getOrDefault(last.source(), 0L))
        .filter(ms -> ms != 0)
        .min()
        .orElse(heard.isEmpty() ? UNHEARD : 0);
  }

  /** Takes in what a source said. */
  public Optional<Transition> take(HealthSignal signal) {
    advance(signal.atMs());
    heardMs = nowMs;
    boolean answered = isAnswering();
    lastOf.put(signal.source(), signal);
    if (signal.success()) {
      successes++;
      failsSince.remove(signal.source());
      if (trouble != null && !answered && isAnswering()) {
        trouble = trouble.until(nowMs);
      }
      Optional<Transition> recovery = recovered();
      endTrouble(recovery);
      return recovery;
    }
    FailureReason failure = signal.failure();
    if (failure == null) {
      return Optional.empty();
    }
    successes = 0;
    count(new Failure(nowMs, failure));
    failsSince.putIfAbsent(signal.source(), nowMs);
    trouble = (trouble == null ? Trouble.none(nowMs) : trouble).failed(Part.of(signal), nowMs);
    HealthState next = state;
    if (window.size() >= rules.downAt()) {
      next = HealthState.DOWN;
    } else if (window.size() >= rules.degradedAt() && state == HealthState.HEALTHY) {
      next = HealthState.DEGRADED;
    }
    return next == state ? Optional.empty() : Optional.of(change(next, failure, false));
  }

  /** Takes in that it is {@code nowMs}; to be called at least every {@link #QUIET_MS}. */
  public Optional<Transition> tick(long nowMs) {
    if (nowMs < tickedMs) {
      setBackTo(nowMs);
    }
    tickedMs = nowMs;
    advance(nowMs);
    if (state == HealthState.DEGRADED && window.isEmpty()) {
      Optional<Transition> quiet = Optional.of(change(HealthState.HEALTHY, null, true));
      endTrouble(quiet);
      return quiet;
    }
    endTrouble(Optional.empty());
    if (this.nowMs - heardMs < QUIET_MS
        || lastOf.values().stream().noneMatch(HealthSignal::isLive)) {
      return Optional.empty();
    }
    heardMs = this.nowMs;
    successes++;
    Optional<Transition> recovery = recovered();
    endTrouble(recovery);
    return recovery;
  }

  /** What made the venue ill is remembered; a failure or two are not. */
  private void endTrouble(Optional<Transition> recovery) {
    if (recovery.isPresent()) {
      remember();
    }
    if (state == HealthState.HEALTHY && (recovery.isPresent() || isAnswering())) {
      trouble = null;
    }
  }

  private void remember() {
    past = trouble != null && trouble.hasFailure() ? trouble : past;
  }

  /** No failure counts any more. */
  private void endTroubleUnanswered() {
    if (state == HealthState.HEALTHY) {
      trouble = null;
    } else {
      remember();
      trouble = Trouble.none(nowMs);
    }
  }

  private boolean isAnswering() {
    return !lastOf.isEmpty() && lastOf.values().stream().allMatch(HealthSignal::success);
  }

  private Optional<Transition> recovered() {
    if (state == HealthState.HEALTHY || !isRecovering()) {
      return Optional.empty();
    }
    window.clear();
    return Optional.of(change(HealthState.HEALTHY, null, false));
  }

  private boolean isRecovering() {
    return successes >= rules.recoverAfter() && isAnswering();
  }

  private Transition change(HealthState next, @Nullable FailureReason failure, boolean quiet) {
    transitions++;
    changedMs = stampMs();
    Transition change =
        new Transition(transitions, state, next, window.size(), failure, quiet, changedMs);
    state = next;
    sinceMs = nowMs;
    return change;
  }

  /** Later than the change before, though the clock was set back: an earlier one counts as told. */
  private long stampMs() {
    return changedMs - nowMs < SET_BACK_MS ? Math.max(nowMs, changedMs + 1) : nowMs;
  }

  private void count(Failure failure) {
    window.addLast(failure);
    if (window.size() > rules.downAt()) {
      window.removeFirst();
    }
  }

  private void setBackTo(long setMs) {
    nowMs = setMs;
    watchedMs = setMs;
    heardMs = Math.min(heardMs, setMs);
    failsSince.replaceAll((source, ms) -> Math.min(ms, setMs));
    trouble = trouble == null ? null : trouble.notAfter(setMs);
    past = past == null ? null : past.notAfter(setMs);
    List<Failure> all = List.copyOf(window);
    window.clear();
    all.forEach(old -> window.addLast(new Failure(Math.min(old.atMs(), setMs), old.reason())));
  }

  /** Signals of several sources may come a little out of order: time does not go back. */
  private void advance(long atMs) {
    nowMs = Math.max(nowMs, atMs);
    window.removeIf(failure -> failure.atMs() <= nowMs - rules.windowMs());
    boolean unwatched = atMs - watchedMs >= rules.windowMs();
    watchedMs = Math.max(watchedMs, atMs);
    if (trouble != null
        && window.isEmpty()
        && (unwatched || (state != HealthState.DOWN && trouble.hasFailure()))) {
      endTroubleUnanswered();
    }
  }
}
