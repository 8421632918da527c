package dev.candles.core.rollup;

/** Our clock, and the timers of the larger stream that is told of. Real time, epoch ms. */
public interface RollupTimers {
  /** Asked anew each time, because to read the lake takes a while. */
  long nowMs();

  /** Has {@link LargerCandles#onTimer} told then, once however often this is asked for. */
  void wakeAt(long realMs);
}
