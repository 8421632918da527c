package dev.candles.sim.venue;

import java.util.ArrayDeque;

/** At most so many per sliding window of market time. Safe for many threads. */
public final class RateWindow {
  private final int most;
  private final long windowMs;
  private final ArrayDeque<Long> taken = new ArrayDeque<>();

  /**
   * @param windowMs market milliseconds
   */
  public RateWindow(int most, long windowMs) {
    this.most = most;
    this.windowMs = windowMs;
  }

  /** Takes one at {@code nowMs} (epoch ms), or refuses if that would be one too many. */
  public synchronized boolean take(long nowMs) {
    while (!taken.isEmpty() && taken.peekFirst() <= nowMs - windowMs) {
      taken.removeFirst();
    }
    if (taken.size() >= most) {
      return false;
    }
    taken.addLast(nowMs);
    return true;
  }
}
