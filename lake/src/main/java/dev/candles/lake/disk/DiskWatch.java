package dev.candles.lake.disk;

import dev.candles.core.watch.DiskBounds;
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskRule;
import dev.candles.core.watch.DiskStanding;
import dev.candles.text.LogValue;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the disk of a lake stands, measured again and again by a thread of its own: whoever asks is
 * answered at once with what was measured last, also where a file system of the network hangs.
 *
 * <ol>
 *   <li>{@link #open} starts it, or joins the one that this JVM has for the lake.
 *   <li>The thread measures every {@link #EVERY}. What is older than {@link #STALE} is not known.
 *       What cannot be measured is said once for each reason, and tried again.
 *   <li>{@link #close} by the last that joined ends the thread, once it is not hanging any more.
 * </ol>
 */
public final class DiskWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration STALE = Duration.ofSeconds(30);
  private static final Map<Key, DiskWatch> OPEN = new HashMap<>();

  /** Asks a file system, which may take its time. */
  @FunctionalInterface
  interface Measure {
    DiskSpace of(Path folder) throws IOException;
  }

  private record Key(Path lake, DiskBounds bounds) {}

  private record Measured(DiskStanding standing, long atNanos) {}

  private final Key key;
  private final Measure measure;
  private final LongSupplier nanos;
  private final long everyMs;
  private final long staleNanos;
  private final DiskRule rule;
  private final CountDownLatch stop = new CountDownLatch(1);
  private int holders = 1;

  /** Why it could not be measured last; the thread's own. */
  private String fault = "";

  private volatile boolean spending;
  private volatile Measured last;

  /**
   * That of a lake's folder, shared by all in this JVM that name the same folder and bounds.
   *
   * @param nanos a clock that nobody sets, like {@link System#nanoTime}
   */
  public static DiskWatch open(Path lake, DiskBounds bounds, LongSupplier nanos) {
    Key key = new Key(lake.toAbsolutePath().normalize(), bounds);
    synchronized (OPEN) {
      DiskWatch known = OPEN.get(key);
      if (known != null) {
        known.holders++;
        return known;
      }
      DiskWatch made = new DiskWatch(key, DiskSpace::of, nanos, EVERY, STALE);
      OPEN.put(key, made);
      return made;
    }
  }

  /** One of its own. */
  DiskWatch(
      Path lake,
      DiskBounds bounds,
      Measure measure,
      LongSupplier nanos,
      Duration every,
      Duration stale) {
    this(new Key(lake, bounds), measure, nanos, every, stale);
  }

  private DiskWatch(Key key, Measure measure, LongSupplier nanos, Duration every, Duration stale) {
    this.key = key;
    this.measure = measure;
    this.nanos = nanos;
    this.last = new Measured(DiskStanding.UNKNOWN, nanos.getAsLong());
    this.everyMs = every.toMillis();
    this.staleNanos = stale.toNanos();
    this.rule = new DiskRule(key.bounds);
    Thread thread = new Thread(this::run, "candles-disk");
    thread.setDaemon(true);
    thread.start();
  }

  /** How the disk stands; never waits. */
  public DiskStanding standing() {
    Measured known = last;
    return nanos.getAsLong() - known.atNanos > staleNanos ? DiskStanding.UNKNOWN : known.standing;
  }

  /** Whether what that level stops is not to be done, by what was measured last. */
  public boolean stops(DiskLevel what) {
    boolean spent = spending && what == DiskLevel.NO_CHECKPOINTS;
    return !spent && last.standing.level().stops(what);
  }

  /** The reserve may be used from now on: the collector stops, and its savepoint is the last. */
  public void spendReserve() {
    spending = true;
  }

  private void run() {
    try {
      do {
        look();
      } while (!stop.await(everyMs, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("event=disk_watch_interrupted");
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      DiskSpace space = measure.of(key.lake);
      long nowNanos = nanos.getAsLong();
      long nowMs = TimeUnit.NANOSECONDS.toMillis(nowNanos);
      last = new Measured(rule.take(space.freeBytes(), space.totalBytes(), nowMs), nowNanos);
      fault = "";
    } catch (IOException | RuntimeException e) { // what was known turns stale
      if (!fault.equals(e.toString())) {
        fault = e.toString();
        LOG.warn(
            "event=disk_unreadable lake={} error={}",
            LogValue.of(key.lake),
            LogValue.of(OneLine.of(fault)));
      }
    }
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      holders--;
      if (holders == 0) {
        OPEN.remove(key, this);
        stop.countDown();
      }
    }
  }
}
