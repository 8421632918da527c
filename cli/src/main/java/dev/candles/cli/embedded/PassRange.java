package dev.candles.cli.embedded;

import dev.candles.core.candle.Timeframe;

/**
 * Which days a pass over the lake looks at: every day once a day, else the newest. A pass over
 * every day that failed is due again at once, and so is one that is due in more than a day: the
 * clock was ahead when it was put off. Pure; all times are market time, epoch ms, UTC.
 */
final class PassRange {
  private static final long NEWEST_MS = 2 * Timeframe.D1.millis();

  private long everythingAtMs = Long.MIN_VALUE;

  /** Days that end at or before this are left out; {@link Long#MIN_VALUE} leaves out none. */
  long fromMs(long nowMs) {
    boolean everything = nowMs >= everythingAtMs || everythingAtMs - Timeframe.D1.millis() > nowMs;
    return everything ? Long.MIN_VALUE : nowMs - NEWEST_MS;
  }

  /** A pass that began at {@code nowMs} over the days from {@code fromMs} on did not fail. */
  void passed(long fromMs, long nowMs) {
    if (fromMs == Long.MIN_VALUE) {
      everythingAtMs = nowMs + Timeframe.D1.millis();
    }
  }
}
