package dev.candles.cli.embedded;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of signals that ask the collector to stop: the first one stops it, one more forces.
 * What comes within two seconds is the same wish, because a supervisor may signal the process and
 * its group: on two threads, at almost the same time.
 */
final class StopSignals {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
  private static final long SAME_MS = Duration.ofSeconds(2).toMillis();
  private static final long NONE = Long.MIN_VALUE;

  private final LongSupplier clockMs;
  private final Runnable stop;
  private final Runnable halt;
  private final AtomicLong firstMs = new AtomicLong(NONE);

  /**
   * @param clockMs is never set, as a machine's may be
   */
  StopSignals(LongSupplier clockMs, Runnable stop, Runnable halt) {
    this.clockMs = clockMs;
    this.stop = stop;
    this.halt = halt;
  }

  /** A signal came. Any thread. */
  void signalled() {
    long nowMs = clockMs.getAsLong();
    if (firstMs.compareAndSet(NONE, nowMs)) {
      stop.run();
    } else if (nowMs - firstMs.get() < SAME_MS) {
      LOG.debug("event=signal_repeated");
    } else {
      halt.run();
    }
  }
}
