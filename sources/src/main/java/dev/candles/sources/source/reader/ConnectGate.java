package dev.candles.sources.source.reader;

/** Keeps a venue's connection attempts apart, all connections of a reader together. */
final class ConnectGate {
  private final long intervalMs;
  private long nextMs = Long.MIN_VALUE;

  /**
   * @param intervalMs least market time between two attempts
   */
  ConnectGate(long intervalMs) {
    this.intervalMs = intervalMs;
  }

  /** Whether an attempt may start at {@code nowMs}; counts it if so. */
  boolean tryPass(long nowMs) {
    if (nowMs < nextMs) {
      return false;
    }
    nextMs = nowMs + intervalMs;
    return true;
  }
}
