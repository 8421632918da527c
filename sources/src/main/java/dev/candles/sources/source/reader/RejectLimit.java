package dev.candles.sources.source.reader;

/** Lets so many rejects of a connection through per market minute; the others are only counted. */
final class RejectLimit {
  static final int PER_MINUTE = 100;
  private static final long MINUTE_MS = 60_000;

  private long minute = Long.MIN_VALUE;
  private int passed;

  boolean tryPass(long nowMs) {
    long current = Math.floorDiv(nowMs, MINUTE_MS);
    if (current != minute) {
      minute = current;
      passed = 0;
    }
    return passed++ < PER_MINUTE;
  }
}
