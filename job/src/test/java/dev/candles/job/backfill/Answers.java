package dev.candles.job.backfill;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** Market time while a backfill waits for answers: it may go no faster than real time then. */
final class Answers {
  /** How often the backfill looks for answers that it awaits; nothing else is due so soon. */
  private static final long LOOK_MS = 20;

  private Answers() {}

  /**
   * Sets the time, and lets it go on until no answer is awaited, or until the condition holds.
   *
   * @param nowMs market time, epoch ms
   * @return market time then
   */
  static long taken(
      AbstractStreamOperatorTestHarness<?> harness, long nowMs, BooleanSupplier condition)
      throws Exception {
    harness.setProcessingTime(nowMs);
    long now = nowMs;
    while (looksSoon(harness, now) && !condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000 * LOOK_MS);
      now += LOOK_MS;
      harness.setProcessingTime(now);
    }
    return now;
  }

  private static boolean looksSoon(AbstractStreamOperatorTestHarness<?> harness, long nowMs) {
    return harness.getProcessingTimeService().getActiveTimerTimestamps().stream()
        .anyMatch(timer -> timer <= nowMs + LOOK_MS);
  }
}
