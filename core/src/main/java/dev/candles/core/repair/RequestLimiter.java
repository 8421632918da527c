package dev.candles.core.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How fast a venue is asked: its request budgets, how long it is left alone after failures, and
 * what is in flight. All times are market time that never goes back, see {@link
 * dev.candles.core.time.ForwardTime}, epoch ms. Kept in memory.
 */
final class RequestLimiter {
  /** Requests that may wait for their answer at a time. */
  static final int MAX_IN_FLIGHT = 4;

  /** Requests may arrive by so much closer together than they were sent (market time). */
  static final long MARGIN_MS = 40;

  private static final long FAILURE_BASE_MS = 1_000;
  private static final long FAILURE_CAP_MS = 60_000;

  private final int seed;
  private final Map<String, RateBudget> budgets = new HashMap<>();
  private final List<Sent> inFlight = new ArrayList<>();
  private int failures;
  private long failedAtMs = Long.MIN_VALUE;
  private long waits;
  private long blockedUntilMs;

  /** What waits for its answer, and since when. */
  private record Sent(RepairWork work, long atMs) {}

  RequestLimiter(RepairProfile profile, long ourMs) {
    this.seed = profile.venue().hashCode();
    profile
        .budgets()
        .forEach(
            (name, budget) ->
                budgets.put(
                    name, new RateBudget(budget.requests(), budget.windowMs() + MARGIN_MS, ourMs)));
  }

  /** Whether a request may go out; while the venue fails, only one probe at a time. */
  boolean mayAsk(long ourMs) {
    int allowed = failures == 0 ? MAX_IN_FLIGHT : 1;
    return ourMs >= blockedUntilMs && inFlight.size() < allowed;
  }

  /** Before that time nothing is sent: the venue fails. */
  long blockedUntilMs() {
    return blockedUntilMs;
  }

  /** Takes a request out of its budget, if that allows; then it is in flight. */
  boolean tryTake(RepairRequest request, long ourMs) {
    if (!budget(request).tryTake(ourMs)) {
      waits++;
      return false;
    }
    inFlight.add(new Sent(request.work(), ourMs));
    return true;
  }

  /** When the budget of a request has room. */
  long opensAtMs(RepairRequest request, long ourMs) {
    return budget(request).opensAtMs(ourMs);
  }

  private RateBudget budget(RepairRequest request) {
    return budget(request.query().budget());
  }

  private RateBudget budget(String name) {
    RateBudget budget = budgets.get(name);
    if (budget == null) {
      throw new IllegalStateException("no such budget: " + name);
    }
    return budget;
  }

  /** Requests that a budget allows now; for any thread. */
  int left(String budget, long ourMs) {
    return budget(budget).left(ourMs);
  }

  /** How often a request had to wait for its budget. */
  long waits() {
    return waits;
  }

  boolean isBusy() {
    return !inFlight.isEmpty();
  }

  /** Whether an answer to the same question is still awaited. */
  boolean isAsking(RepairWork work) {
    return inFlight.stream().anyMatch(sent -> work.isSameTask(sent.work));
  }

  /**
   * Whatever came of it, a request is not in flight any more.
   *
   * @return when it was sent; below any time if it was not
   */
  long ended(RepairRequest request) {
    for (Sent sent : inFlight) {
      if (sent.work.equals(request.work())) {
        inFlight.remove(sent);
        return sent.atMs;
      }
    }
    return Long.MIN_VALUE;
  }

  /**
   * The venue answers again, unless it has failed since the request was sent: what was on its way
   * then does not say that the failure is over.
   *
   * @return how many failures in a row are over with it; empty if it says nothing of that
   */
  OptionalInt succeeded(long sentAtMs) {
    if (sentAtMs <= failedAtMs) {
      return OptionalInt.empty();
    }
    int over = failures;
    failures = 0;
    blockedUntilMs = 0;
    return OptionalInt.of(over);
  }

  /**
   * Counts a failure and returns how long the venue is left alone (market milliseconds).
   *
   * @param askedMs for how long it asked to be, below zero if it did not
   */
  long failed(long ourMs, long askedMs) {
    failures++;
    failedAtMs = ourMs;
    long delay = Math.max(askedMs, RetryDelay.of(failures, FAILURE_BASE_MS, FAILURE_CAP_MS, seed));
    blockedUntilMs = Math.max(blockedUntilMs, ourMs + delay);
    return delay;
  }

  /**
   * The venue said no, and to ask again after {@code waitMs}.
   *
   * @return whether that is news, see {@link RateBudget#refused}
   */
  boolean throttled(String name, long ourMs, long waitMs) {
    return budget(name).refused(ourMs, ourMs + waitMs);
  }

  /** Failures in a row. */
  int failures() {
    return failures;
  }
}
