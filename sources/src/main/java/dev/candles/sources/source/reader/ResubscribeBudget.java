package dev.candles.sources.source.reader;

/**
 * How often silent markets may be asked for again on one connection: at most 100 times, of two
 * requests each, in a market hour; OKX allows 480 requests.
 */
final class ResubscribeBudget {
  static final int PER_HOUR = 100;
  private static final long HOUR_MS = 3_600_000;

  private long hour = Long.MIN_VALUE;
  private int passed;

  boolean tryPass(long nowMs) {
    long current = Math.floorDiv(nowMs, HOUR_MS);
    if (current != hour) {
      hour = current;
      passed = 0;
    }
    return passed++ < PER_HOUR;
  }
}
