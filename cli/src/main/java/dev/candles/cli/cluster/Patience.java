package dev.candles.cli.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline, and tells from time to time what it waits for. */
final class Patience {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration TELL = Duration.ofSeconds(5);

  private final PrintWriter out;

  Patience(PrintWriter out) {
    this.out = out;
  }

  /** What is waited for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /**
   * Waits.
   *
   * @param what is waited for, as it is now
   * @return whether it came in time
   */
  boolean until(Condition condition, Duration within, Supplier<String> what)
      throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    long toldNanos = startNanos;
    while (!condition.holds()) {
      long nanos = System.nanoTime();
      if (nanos - startNanos > within.toNanos()) {
        return false;
      }
      if (nanos - toldNanos > TELL.toNanos()) {
        toldNanos = nanos;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos - startNanos);
        out.printf(Locale.ROOT, "  %d s: %s%n", seconds, what.get());
        out.flush();
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    return true;
  }
}
