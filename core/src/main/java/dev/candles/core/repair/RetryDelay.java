package dev.candles.core.repair;

import java.util.SplittableRandom;

/** Capped exponential delay with jitter. Pure: the same seed and attempt give the same delay. */
public final class RetryDelay {
  private static final int MAX_DOUBLINGS = 30;

  private RetryDelay() {}

  /**
   * Between three quarters and five quarters of {@code baseMs} doubled per attempt, capped first.
   *
   * @param attempt from 1
   * @param seed spreads those who fail together
   */
  public static long of(int attempt, long baseMs, long capMs, long seed) {
    int doublings = Math.min(Math.max(0, attempt - 1), MAX_DOUBLINGS);
    double delay = Math.min((double) capMs, baseMs * Math.pow(2, doublings));
    double jitter = new SplittableRandom(seed + attempt).nextDouble(0.75, 1.25);
    return Math.max(1, Math.round(delay * jitter));
  }
}
