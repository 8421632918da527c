package dev.candles.sources.source.reader;

/**
 * Keeps a venue's connection attempts apart: all connections of a reader together, and of several
 * readers each so seldom that they keep the venue's pace together.
 */
final class ConnectGate {
  private final long intervalMs;
  private int readers = 1;
  private long nextMs = Long.MIN_VALUE;

  /**
   * @param intervalMs least market time between two attempts
   */
  ConnectGate(long intervalMs) {
    this.intervalMs = intervalMs;
  }

  /**
   * So many readers connect to the venue from {@code nowMs} on; their first attempts take turns.
   *
   * @param place which of them this one is, from 0
   */
  void share(int place, int newReaders, long nowMs) {
    nextMs = Math.max(nextMs, nowMs + place * intervalMs);
    readers = newReaders;
  }

  /** When the next attempt may start, at the earliest. */
  long opensMs() {
    return nextMs;
  }

  /** Whether an attempt may start at {@code nowMs}; counts it if so. */
  boolean tryPass(long nowMs) {
    if (nowMs < nextMs) {
      return false;
    }
    nextMs = nowMs + readers * intervalMs;
    return true;
  }
}
