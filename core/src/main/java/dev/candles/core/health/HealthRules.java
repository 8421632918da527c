package dev.candles.core.health;

import java.io.Serializable;

/**
 * When a venue's state changes.
 *
 * @param windowMs market time, ms, for which a failure counts
 * @param degradedAt failures in the window at which a venue is degraded
 * @param downAt failures in the window at which it is down; no more are kept
 * @param recoverAfter successes in a row after which it is healthy
 */
public record HealthRules(long windowMs, int degradedAt, int downAt, int recoverAfter)
    implements Serializable {
  /** Three failures in an hour, ten, three successes. */
  public static final HealthRules RUNBOOK = new HealthRules(3_600_000, 3, 10, 3);

  /**
   * @throws IllegalArgumentException if a number is below 1, or {@code downAt} is not the larger
   */
  public HealthRules {
    if (windowMs < 1 || degradedAt < 1 || downAt <= degradedAt || recoverAfter < 1) {
      throw new IllegalArgumentException(
          "health rules do not order the states: windowMs="
              + windowMs
              + ", degradedAt="
              + degradedAt
              + ", downAt="
              + downAt
              + ", recoverAfter="
              + recoverAfter);
    }
  }

  /** The window as alerts name it, like {@code 60m}. */
  String window() {
    return windowMs % 60_000 == 0 ? windowMs / 60_000 + "m" : windowMs / 1_000 + "s";
  }
}
