package dev.candles.sim.venue;

/** So many per second of market time, and a burst above it. Safe for many threads. */
public final class TokenBucket {
  private final double perMs;
  private final double most;
  private double tokens;
  private long lastMs = Long.MIN_VALUE;

  /**
   * @param perSecond tokens that come back per market second
   * @param burst tokens of a full bucket; it begins full
   */
  public TokenBucket(double perSecond, int burst) {
    perMs = perSecond / 1_000;
    most = burst;
    tokens = burst;
  }

  /** Takes one at {@code nowMs} (epoch ms), or refuses if there is none left. */
  public synchronized boolean take(long nowMs) {
    if (nowMs > lastMs) {
      tokens = lastMs == Long.MIN_VALUE ? most : Math.min(most, tokens + (nowMs - lastMs) * perMs);
      lastMs = nowMs;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
