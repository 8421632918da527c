package dev.candles.core.rollup;

/** Our clock, and the timers of the larger stream that is told of. Real time, epoch ms. */
public interface RollupTimers {
  /**
   * Asked anew each time, because to read the lake takes a while. No earlier than what the timer
   * that has come was set for.
   */
  long nowMs();

  /**
   * Has {@link LargerCandles#onTimer} told then, once however often this is asked for.
   *
   * @param realMs later than {@link #nowMs}
   */
  void wakeAt(long realMs);
}
