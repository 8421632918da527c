package dev.candles.sources.transport;

import java.util.SplittableRandom;

/**
 * Capped exponential delays with jitter: the n-th is drawn from the upper half of {@code first ×
 * 2^(n-1)}, at most the cap. Pure: the caller keeps the time and says when to start anew.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 30;

  private final long firstMs;
  private final long capMs;
  private final SplittableRandom random;
  private int attempts;

  /**
   * @throws IllegalArgumentException if the delays are not {@code 0 < first <= cap}
   */
  public Backoff(long firstMs, long capMs, long seed) {
    if (firstMs <= 0 || capMs < firstMs) {
      throw new IllegalArgumentException(
          "back-off must grow from above zero: first=" + firstMs + ", cap=" + capMs);
    }
    this.firstMs = firstMs;
    this.capMs = capMs;
    this.random = new SplittableRandom(seed);
  }

  /** One, two, four up to thirty seconds of market time: how venues like to be reconnected to. */
  public static Backoff ofConnections(long seed) {
    return new Backoff(1_000, 30_000, seed);
  }

  /** Counts a failure and gives the time to wait after it, milliseconds. */
  public long nextDelayMs() {
    long full = Math.min(capMs, firstMs << Math.min(attempts, MAX_DOUBLINGS));
    if (full <= 0) {
      full = capMs;
    }
    attempts++;
    long half = full / 2;
    return full - (half == 0 ? 0 : random.nextLong(half + 1));
  }

  /** Failures since the start or the last reset. */
  public int attempts() {
    return attempts;
  }

  /** The next delay is the first again. */
  public void reset() {
    attempts = 0;
  }
}
