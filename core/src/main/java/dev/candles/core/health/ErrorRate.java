package dev.candles.core.health;

/**
 * How much of what a venue's sources said within an hour were failures, by minutes. What is said
 * within ten minutes of the first word counts nothing: everything connects and fetches history
 * then. Times are market time, epoch ms, UTC. Thread-safe, because metrics look at it.
 */
public final class ErrorRate {
  /** Nothing counts before so long after the first word, market milliseconds. */
  public static final long WARM_UP_MS = 600_000;

  /** Nothing counts yet. */
  public static final double NOT_YET = -1;

  private static final int MINUTES = 60;
  private static final long MINUTE_MS = 60_000;

  private final long[] minutes = new long[MINUTES];
  private final long[] said = new long[MINUTES];
  private final long[] failed = new long[MINUTES];
  private long countsFromMs = Long.MAX_VALUE;

  /** Takes in what a source said. */
  public synchronized void take(HealthSignal signal) {
    // a clock that is set back begins a new warm-up instead of waiting for the old one
    countsFromMs = Math.min(countsFromMs, signal.atMs() + WARM_UP_MS);
    if (signal.atMs() < countsFromMs) {
      return;
    }
    long minute = Math.floorDiv(signal.atMs(), MINUTE_MS);
    int place = Math.floorMod(minute, MINUTES);
    if (minutes[place] != minute) {
      minutes[place] = minute;
      said[place] = 0;
      failed[place] = 0;
    }
    said[place]++;
    failed[place] += signal.failure() == null ? 0 : 1;
  }

  /**
   * Failures within the last hour, per cent of all that was said; 0 if nothing was, {@link
   * #NOT_YET} as long as nothing counts.
   */
  public synchronized double percent(long nowMs) {
    if (nowMs < countsFromMs) {
      return NOT_YET;
    }
    long newest = Math.floorDiv(nowMs, MINUTE_MS);
    long oldest = newest - MINUTES;
    long all = 0;
    long failures = 0;
    for (int place = 0; place < MINUTES; place++) {
      if (minutes[place] > oldest && minutes[place] <= newest) {
        all += said[place];
        failures += failed[place];
      }
    }
    return all == 0 ? 0 : 100.0 * failures / all;
  }
}
