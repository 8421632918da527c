package dev.candles.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Bounds what one input may cost: a second of CPU, and 64 MB or a thousand times its length, or 32
 * KB for each line of a recording, which is garbage by the next one. A first look may also pay for
 * a class that is loaded, so that only what is too much three times is a find. What hangs is for
 * the fuzzer to see.
 */
final class Guard {
  private static final long MOST_NANOS = 1_000_000_000;
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_TIMES = 1_024;
  private static final int MOST_BYTES_A_LINE = 32 << 10;
  private static final int LOOKS = 3;
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private final Target target;
  private long inputs;
  private long slowestNanos;
  private long largestBytes;

  Guard(Target target) {
    this.target = target;
  }

  /**
   * Has the target take an input.
   *
   * @throws IOException if the machine fails, not the input
   * @throws Find if it takes too long or too much memory
   */
  void take(byte[] input) throws IOException {
    inputs++;
    long mostBytes = Math.max(MOST_BYTES, (long) MOST_TIMES * input.length);
    mostBytes = Math.max(mostBytes, MOST_BYTES_A_LINE * target.lines(input));
    long nanos = Long.MAX_VALUE;
    long bytes = Long.MAX_VALUE;
    for (int look = 0; look < LOOKS && (nanos > MOST_NANOS || bytes > mostBytes); look++) {
      long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
      long before = THREADS.getCurrentThreadCpuTime();
      target.take(input);
      nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - before);
      bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
    }
    slowestNanos = Math.max(slowestNanos, nanos);
    largestBytes = Math.max(largestBytes, bytes);
    Find.unless(nanos <= MOST_NANOS, "takes too long, milliseconds", nanos / 1_000_000);
    Find.unless(bytes <= mostBytes, "allocates too much, bytes", bytes);
  }

  /** What was seen, for one line of output. */
  String seen() {
    return String.format(
        Locale.ROOT,
        "inputs=%d slowest_ms=%d largest_kb=%d",
        inputs,
        slowestNanos / 1_000_000,
        largestBytes >> 10);
  }
}
