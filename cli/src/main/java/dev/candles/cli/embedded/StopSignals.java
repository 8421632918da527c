package dev.candles.cli.embedded;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a signal means that asks the collector to stop. Signals may come on several threads at once:
 * a supervisor may signal the process and its group.
 */
final class StopSignals {
  private static final long SAME_MS = Duration.ofSeconds(2).toMillis();
  private static final long NONE = Long.MIN_VALUE;

  private final AtomicLong firstMs = new AtomicLong(NONE);

  /** What is to be done. */
  enum Meaning {
    /** The first: stop with a savepoint. */
    STOP,
    /** The same wish once more: nothing. */
    REPEATED,
    /** Somebody does not want to wait. */
    HALT
  }

  /**
   * A signal.
   *
   * @param nowMs by a clock that is never set
   */
  Meaning signalled(long nowMs) {
    if (firstMs.compareAndSet(NONE, nowMs)) {
      return Meaning.STOP;
    }
    return nowMs - firstMs.get() < SAME_MS ? Meaning.REPEATED : Meaning.HALT;
  }
}
