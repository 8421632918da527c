package dev.candles.sources.source.reader;

import dev.candles.core.time.MarketClock;
import java.util.function.LongSupplier;

/**
 * What time it is by our own clocks. The real one may be off, or be set while we run; whatever only
 * waits goes by the steady one, so that no link is lost for it.
 *
 * @param realClock real time, epoch ms
 * @param steadyClock real milliseconds of any origin, which nobody sets
 */
record ReaderTime(MarketClock clock, LongSupplier realClock, LongSupplier steadyClock) {
  static ReaderTime ofSystem(MarketClock clock) {
    return new ReaderTime(clock, System::currentTimeMillis, () -> System.nanoTime() / 1_000_000);
  }

  long realMs() {
    return realClock.getAsLong();
  }

  /** Market time by our real clock, epoch ms. */
  long nowMs() {
    return clock.marketAt(realMs());
  }

  /** Real milliseconds of any origin. */
  long steadyRealMs() {
    return steadyClock.getAsLong();
  }

  /** Market milliseconds of any origin. */
  long steadyMs() {
    return clock.marketAt(steadyRealMs());
  }

  /** When something came that our real clock stamped so, by both clocks. */
  Receipt receipt(long receivedRealMs) {
    long agoMs = realMs() - receivedRealMs;
    return new Receipt(
        clock.marketAt(receivedRealMs), clock.marketAt(steadyRealMs() - Math.max(0, agoMs)));
  }

  /**
   * When something came.
   *
   * @param ourMs market time by our real clock, epoch ms
   * @param steadyMs market milliseconds by the steady clock, of any origin
   */
  record Receipt(long ourMs, long steadyMs) {}
}
