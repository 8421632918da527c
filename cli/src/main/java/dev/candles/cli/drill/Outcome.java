package dev.candles.cli.drill;

import dev.candles.cli.drill.DrillPlan.Kill;
import java.util.SortedMap;

/**
 * What came of a kill. Times are real milliseconds since the signal.
 *
 * @param role which process it was
 * @param marketMs market time of the signal, epoch ms, UTC
 * @param runningMs until all tasks ran again
 * @param checkpointMs until the next checkpoint was complete
 * @param candleMs until the first new candle was visible
 * @param pauseMs until what was killed was started again, where nothing else could go on
 * @param frozenMs until a frozen process was woken; 0 if none was
 * @param memory of the processes after it, bytes, by name
 */
record Outcome(
    Kill kill,
    String role,
    long marketMs,
    long runningMs,
    long checkpointMs,
    long candleMs,
    long pauseMs,
    long frozenMs,
    SortedMap<String, Long> memory) {

  /** The longest that the first new candle may take. */
  long boundMs(long intervalMs) {
    return intervalMs + DrillPlan.BOUND.toMillis() + pauseMs;
  }

  boolean inTime(long intervalMs) {
    return candleMs <= boundMs(intervalMs);
  }
}
