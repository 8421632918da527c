package dev.candles.core.repair;

import java.util.ArrayDeque;

/**
 * At most so many requests within any window of market time. A new budget counts as spent: what
 * this process's predecessor sent is not known, so the first window waits. Thread-safe, because
 * metrics look at it too.
 */
public final class RateBudget {
  private final int requests;
  private final long windowMs;
  private final ArrayDeque<Long> sent = new ArrayDeque<>();
  private long closedUntilMs;

  /**
   * @param windowMs market milliseconds
   * @param startMs market time of the start, epoch ms
   * @throws IllegalArgumentException if a number is not above zero
   */
  public RateBudget(int requests, long windowMs, long startMs) {
    if (requests <= 0 || windowMs <= 0) {
      throw new IllegalArgumentException(
          "budget must be above zero: requests=" + requests + ", windowMs=" + windowMs);
    }
    this.requests = requests;
    this.windowMs = windowMs;
    this.closedUntilMs = startMs + windowMs;
  }

  /** Takes one request out of the budget, if there is one at {@code nowMs}. */
  public synchronized boolean tryTake(long nowMs) {
    if (opensAtMs(nowMs) > nowMs) {
      return false;
    }
    sent.addLast(nowMs);
    return true;
  }

  /** When the next request may go (market time, epoch ms); {@code nowMs} if it may at once. */
  public synchronized long opensAtMs(long nowMs) {
    while (!sent.isEmpty() && sent.peekFirst() <= nowMs - windowMs) {
      sent.removeFirst();
    }
    long full = sent.size() < requests ? nowMs : sent.getFirst() + windowMs;
    return Math.max(full, closedUntilMs);
  }

  /** How many requests may go at {@code nowMs}. */
  public synchronized int left(long nowMs) {
    if (nowMs < closedUntilMs) {
      return 0;
    }
    int left = requests;
    for (long sentMs : sent) {
      left -= sentMs > nowMs - windowMs ? 1 : 0;
    }
    return left;
  }

  /** The venue said no: nothing goes out before {@code untilMs}. */
  public synchronized void closeUntil(long untilMs) {
    closedUntilMs = Math.max(closedUntilMs, untilMs);
  }
}
