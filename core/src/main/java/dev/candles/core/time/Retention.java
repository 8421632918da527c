package dev.candles.core.time;

/**
 * How long the collector remembers what it may have to compare, market milliseconds. One record,
 * because these horizons only work together: see decision 2.
 *
 * @param passedMs passed candles, before the frontier of their stream: a differing repeat within it
 *     is recognised and asked about. The source announces the lake's candles of as long, so that a
 *     restart forgets none
 * @param interruptedMs what ended so shortly before an interruption is asked about once more: its
 *     correction may have come while nobody listened
 * @param partsMs parts of a larger candle after its end: as long as a closed candle is remembered,
 *     and as long again for the answers to the questions that it raises
 * @param versionsMs versions in the ledger, before now: a repair may last days and repeats candles;
 *     of an older one the lake knows the version
 */
public record Retention(long passedMs, long interruptedMs, long partsMs, long versionsMs) {
  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 60 * MINUTE_MS;

  /** What the collector runs with. */
  public static final Retention COLLECTOR =
      new Retention(3 * HOUR_MS, 10 * MINUTE_MS, 6 * HOUR_MS, 72 * HOUR_MS);

  /**
   * @throws IllegalArgumentException if what is asked about again would already be forgotten
   */
  public Retention {
    if (interruptedMs <= 0 || passedMs < interruptedMs) {
      throw new IllegalArgumentException(
          "passed candles are forgotten before they are asked about again: passedMs="
              + passedMs
              + ", interruptedMs="
              + interruptedMs);
    }
    if (partsMs < 2 * passedMs) {
      throw new IllegalArgumentException(
          "parts are forgotten before an answer about a passed candle: partsMs="
              + partsMs
              + ", passedMs="
              + passedMs);
    }
    if (versionsMs < partsMs) {
      throw new IllegalArgumentException(
          "versions are forgotten before their parts: versionsMs="
              + versionsMs
              + ", partsMs="
              + partsMs);
    }
  }
}
