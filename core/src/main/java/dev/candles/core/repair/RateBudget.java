package dev.candles.core.repair;

import java.util.ArrayDeque;

/**
 * At most so many requests within any window of market time. A new budget counts as spent: what
 * this process's predecessor sent is not known, so the first window waits. A venue that refuses
 * although it is kept allows less than was thought: the window is taken longer by half, and shorter
 * by a tenth for each ten minutes without a refusal. Times must not go back. Thread-safe, because
 * metrics look at it too.
 */
public final class RateBudget {
  /** So many times longer than it should be a window is at most. */
  private static final int SLOWEST = 32;

  private static final long FASTER_AFTER_MS = 600_000;

  private final int requests;
  private final long shortestMs;
  private final ArrayDeque<Long> sent = new ArrayDeque<>();
  private long closedUntilMs;
  private long windowMs;
  private long windowSinceMs;
  private boolean sentSinceRefusal;

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
    this.shortestMs = windowMs;
    this.windowMs = windowMs;
    this.closedUntilMs = startMs + windowMs;
  }

  /** Takes one request out of the budget, if there is one at {@code nowMs}. */
  public synchronized boolean tryTake(long nowMs) {
    if (opensAtMs(nowMs) > nowMs) {
      return false;
    }
    sent.addLast(nowMs);
    sentSinceRefusal = true;
    return true;
  }

  /** When the next request may go (market time, epoch ms); {@code nowMs} if it may at once. */
  public synchronized long opensAtMs(long nowMs) {
    shorten(nowMs);
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

  private void shorten(long nowMs) {
    while (windowMs > shortestMs && nowMs - windowSinceMs >= FASTER_AFTER_MS) {
      windowMs = Math.max(shortestMs, windowMs * 9 / 10);
      windowSinceMs += FASTER_AFTER_MS;
    }
  }

  /**
   * The venue said no: nothing goes out before {@code untilMs}.
   *
   * @return whether it refused what was sent since its last refusal; else others that were on their
   *     way already were refused too, and nothing is learnt from that
   */
  public synchronized boolean refused(long nowMs, long untilMs) {
    closedUntilMs = Math.max(closedUntilMs, untilMs);
    if (!sentSinceRefusal) {
      return false;
    }
    sentSinceRefusal = false;
    windowMs = Math.min(SLOWEST * shortestMs, windowMs * 3 / 2);
    windowSinceMs = nowMs;
    return true;
  }
}
