package dev.candles.job.operator;

import org.apache.flink.streaming.api.TimerService;

/**
 * One chain of timers, not one per element; it goes on where our clock is set back or forward.
 * Times are real time, epoch ms.
 *
 * <p>Flink measures how long a timer waits when it is set, whatever the clock shows then, and sets
 * only the earliest of all keys. So if the clock leaps forward, or the machine sleeps, the earliest
 * comes as late as ever, and one that is due by then waits behind it. A timer that is earlier than
 * any other comes at once, and Flink measures anew when it has come.
 */
public final class TimerChain {
  /** Earlier than any time that something waits for. */
  static final long AT_ONCE = 1;

  /** So soon after one that came at once a timer is set as any other, for they are not free. */
  private static final long PAUSE_MS = 20;

  private static final long NONE = 0;

  private long armedForMs = NONE;
  private long lastMs = Long.MIN_VALUE;

  /** A timer came; our clock may show less than it was set for. */
  public void fired(long timestamp) {
    if (timestamp >= armedForMs) {
      armedForMs = NONE;
    }
  }

  /**
   * Sets a timer that comes at once, unless one is set, whatever the clock showed when others were
   * set; or in a millisecond, if one just came.
   */
  public void armNow(TimerService timers) {
    long nowMs = timers.currentProcessingTime();
    if (lastMs <= nowMs && nowMs < lastMs + PAUSE_MS) {
      arm(timers, nowMs + 1);
    } else {
      lastMs = nowMs;
      set(timers, AT_ONCE);
    }
  }

  /**
   * Sets a timer if none comes sooner. One that is further away may have been set before the clock
   * was set back; one that is overdue may have been set before it was set forward.
   */
  public void arm(TimerService timers, long realMs) {
    if (armedForMs == NONE || armedForMs > realMs) {
      set(timers, realMs);
    } else if (armedForMs <= timers.currentProcessingTime()) {
      set(timers, AT_ONCE);
    }
  }

  private void set(TimerService timers, long realMs) {
    if (armedForMs != realMs) {
      armedForMs = realMs;
      timers.registerProcessingTimeTimer(realMs);
    }
  }
}
