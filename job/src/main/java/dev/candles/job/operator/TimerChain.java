package dev.candles.job.operator;

import org.apache.flink.streaming.api.TimerService;

/**
 * One chain of timers, not one per element; it goes on where our clock is set back or forward:
 * Flink measures how long a timer waits when it is set, whatever the clock shows then. Times are
 * real time, epoch ms.
 */
public final class TimerChain {
  private long armedForMs;

  /** A timer came; our clock may show less than it was set for. */
  public void fired(long timestamp) {
    if (timestamp >= armedForMs) {
      armedForMs = 0;
    }
  }

  /**
   * Sets a timer if none comes sooner. One that is further away may have been set before the clock
   * was set back.
   */
  public void arm(TimerService timers, long realMs) {
    if (armedForMs <= timers.currentProcessingTime() || armedForMs > realMs) {
      armedForMs = realMs;
      timers.registerProcessingTimeTimer(realMs);
    }
  }
}
