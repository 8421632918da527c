package dev.candles.core.time;

/**
 * A time that never goes back, for whatever is waited for: what our clock shows, and where that is
 * set back, as much more. So no wait is longer for it. Only distances count; it is no time of day.
 * Market time, epoch ms. One thread feeds it, any may read it.
 */
public final class ForwardTime {
  private long lastMs = Long.MIN_VALUE;
  private volatile long aheadMs;

  /** Our clock shows {@code ourMs}. */
  public long at(long ourMs) {
    long ahead = aheadMs;
    if (ourMs < lastMs) {
      ahead += lastMs - ourMs;
      aheadMs = ahead;
    }
    lastMs = ourMs;
    return ourMs + ahead;
  }

  /** How far it is ahead of our clock, milliseconds. */
  public long aheadMs() {
    return aheadMs;
  }
}
