package dev.candles.job.operator;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.streaming.api.TimerService;

/**
 * One chain of timers, not one per element; it goes on where our clock is set back or forward.
 * Times are real time, epoch ms.
 *
 * <p>Flink measures how long a timer waits when it is set, whatever the clock shows then, and sets
 * only the earliest of all keys. So if the clock leaps forward, or the machine sleeps, the earliest
 * comes as late as ever, and one that is due by then waits behind it. A timer that is earlier than
 * any other comes at once, and Flink measures anew when it has come. Such a one is set only after a
 * leap: where the earliest has come and its turn alone is waited for, Flink 2.3 would schedule the
 * one behind it twice, and go on doing so.
 */
public final class TimerChain {
  /** Earlier than any time that something waits for. */
  static final long AT_ONCE = 1;

  /** By so much more than a steady clock has ours advanced if it leapt, ms. */
  private static final long LEAP_MS = 1_000;

  private static final long NONE = 0;

  private final LongSupplier steadyNs;
  private long armedForMs = NONE;
  private long lastAheadMs = Long.MAX_VALUE;

  /** A chain that no timer was set for yet. */
  public TimerChain() {
    this(System::nanoTime);
  }

  /**
   * @param steadyNs a clock that nobody sets, as Flink's timers go by it, nanoseconds since any
   *     time
   */
  TimerChain(LongSupplier steadyNs) {
    this.steadyNs = steadyNs;
  }

  /** A timer came; our clock may show less than it was set for. */
  public void fired(long timestamp) {
    if (timestamp >= armedForMs) {
      armedForMs = NONE;
    }
  }

  /** Sets a timer that comes as soon as any can, unless one is set that does. */
  public void armNow(TimerService timers) {
    arm(timers, timers.currentProcessingTime() + 1);
  }

  /**
   * Sets a timer if none comes sooner. One that is further away may have been set before the clock
   * was set back; after a leap forward one comes at once.
   */
  public void arm(TimerService timers, long realMs) {
    long nowMs = timers.currentProcessingTime();
    if (leapt(nowMs)) {
      set(timers, AT_ONCE);
    } else if (armedForMs != AT_ONCE && (armedForMs <= nowMs || armedForMs > realMs)) {
      set(timers, realMs);
    }
  }

  /**
   * The same, in the turn of a timer. Within one turn Flink fires all that is set for its time or
   * before, so a timer that is set anew for such a time, because the clock was set back meanwhile,
   * would come again and again, and nothing else, until the clock has caught up. It is set for as
   * long after the time of that turn instead, unless an element asks for it sooner.
   *
   * @param firedMs what the timer that has come was set for
   */
  public void armAgain(TimerService timers, long firedMs, long realMs) {
    long behindMs = Math.max(0, firedMs - timers.currentProcessingTime());
    arm(timers, realMs > firedMs ? realMs : realMs + behindMs);
  }

  private boolean leapt(long nowMs) {
    long beforeMs = lastAheadMs;
    lastAheadMs = nowMs - TimeUnit.NANOSECONDS.toMillis(steadyNs.getAsLong());
    return beforeMs != Long.MAX_VALUE && lastAheadMs - beforeMs > LEAP_MS;
  }

  private void set(TimerService timers, long realMs) {
    if (armedForMs != realMs) {
      armedForMs = realMs;
      timers.registerProcessingTimeTimer(realMs);
    }
  }
}
