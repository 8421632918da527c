package dev.candles.core.health;

import org.jspecify.annotations.Nullable;

/**
 * A venue's state changed.
 *
 * @param number counts the venue's changes, from 1
 * @param failures in the window after the change
 * @param failure the failure that changed it; null if it is healthy again
 * @param quiet healthy because no failure is left in the window, not because of successes
 * @param atMs market time, epoch ms, UTC
 */
public record Transition(
    long number,
    HealthState from,
    HealthState to,
    int failures,
    @Nullable FailureReason failure,
    boolean quiet,
    long atMs) {

  /** The reason as alerts name it. */
  public String reason(HealthRules rules) {
    if (failure != null) {
      return failure.word();
    }
    return quiet
        ? "no failure in " + rules.window()
        : rules.recoverAfter() + " consecutive successes";
  }

  /**
   * The alert's line: {@code ALERT [WARNING] coinbase: State transition: HEALTHY → DEGRADED |
   * Failures: 3/10 in 60m window | Reason: timeout}.
   */
  public String line(String venue, HealthRules rules) {
    return "ALERT ["
        + to.severity()
        + "] "
        + venue
        + ": State transition: "
        + from
        + " → "
        + to
        + " | Failures: "
        + failures
        + "/"
        + rules.downAt()
        + " in "
        + rules.window()
        + " window | Reason: "
        + reason(rules);
  }
}
