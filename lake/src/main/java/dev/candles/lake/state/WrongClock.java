package dev.candles.lake.state;

/** Knows stamps that a clock gave that was ahead, of this machine or of another one. */
final class WrongClock {
  /** Machines' clocks, and a file server's, differ by less. */
  private static final long AHEAD_MS = 300_000;

  private WrongClock() {}

  /** Whether a stamp is from later than now; both by the same kind of time, epoch ms. */
  static boolean gave(long stampMs, long nowMs) {
    return stampMs - AHEAD_MS > nowMs;
  }
}
