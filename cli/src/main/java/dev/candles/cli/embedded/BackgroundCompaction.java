package dev.candles.cli.embedded;

import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskLevel;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.compact.CompactionPass;
import dev.candles.lake.disk.DiskWatch;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.reject.RejectFiles;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts the lake beside the running collector, one partition at a time on one thread, resting as
 * long as it worked, and deletes rejects that are old enough. In this order:
 *
 * <ol>
 *   <li>at start: what a killed run left half done is finished, then every day is looked at;
 *   <li>every interval of market time, shortly after it is over: the newest days;
 *   <li>once a day, every day again, because old gaps are filled late;
 *   <li>while the disk is short of space only what is half done: a merge writes before it deletes;
 *   <li>{@link #close} waits for the partition in hand, a second at the most.
 * </ol>
 *
 * What goes wrong is logged and tried again at the next interval; the collector never stops for it.
 */
final class BackgroundCompaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundCompaction.class);

  /** Market time after the end of an interval in which its last files become visible. */
  private static final long SETTLE_MS = 120_000;

  private static final long SHORTEST_PAUSE_REAL_MS = 10_000;
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final RejectFiles rejects;
  private final CompactionPass pass;
  private final DiskWatch disk;
  private final MarketClock clock;
  private final long intervalMs;
  private final long startNs = System.nanoTime();
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread thread;

  /** Whether the pass in hand left something for want of room; its thread's own. */
  private boolean left;

  private BackgroundCompaction(CollectorConfig config, RejectFiles rejects, DiskWatch disk) {
    this.rejects = rejects;
    this.disk = disk;
    this.clock = config.clock();
    this.intervalMs = config.compaction().interval().toMillis();
    LakeLayout layout = new LakeLayout(config.lake().path());
    this.pass = new CompactionPass(layout, this::hasRoom, stop, System::nanoTime);
  }

  /**
   * Starts it; does nothing if the configuration says never.
   *
   * @param rejects of the same lake
   * @param disk while it is short of space no merge begins
   */
  static BackgroundCompaction start(CollectorConfig config, RejectFiles rejects, DiskWatch disk) {
    BackgroundCompaction compaction = new BackgroundCompaction(config, rejects, disk);
    if (compaction.intervalMs > 0) {
      Thread thread = new Thread(compaction::run, "compaction");
      thread.setDaemon(true);
      compaction.thread = thread;
      thread.start();
    }
    return compaction;
  }

  /** What else the lake does not keep for ever. */
  private void forget(long nowMs) {
    try {
      long ranMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
      rejects.sweep(nowMs, clock.marketDuration(ranMs));
    } catch (IOException e) {
      LOG.error("event=rejects_not_deleted next_try=next_interval error={}", LogValue.of(e));
    }
  }

  private void run() {
    PassRange range = new PassRange();
    try {
      do {
        long nowMs = clock.marketAt(System.currentTimeMillis());
        long fromMs = range.fromMs(nowMs);
        forget(nowMs);
        if (pass(fromMs, nowMs)) {
          range.passed(fromMs, nowMs);
        }
      } while (!stop.await(pauseMs(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("event=compaction_interrupted");
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasRoom() {
    boolean room = !disk.stops(DiskLevel.NO_COMPACTION);
    left |= !room;
    return room;
  }

  /** Whether it went to its end and left nothing out. */
  private boolean pass(long fromMs, long nowMs) throws InterruptedException {
    try {
      left = false;
      pass.run(fromMs, nowMs);
      return !left;
    } catch (IOException | RuntimeException e) {
      LOG.error("event=compaction_failed next_try=next_interval error={}", LogValue.of(e), e);
      return false;
    }
  }

  private long pauseMs() {
    long nowMs = System.currentTimeMillis();
    long marketMs = clock.marketAt(nowMs) - SETTLE_MS;
    long next = (Math.floorDiv(marketMs, intervalMs) + 1) * intervalMs + SETTLE_MS;
    return Math.max(SHORTEST_PAUSE_REAL_MS, clock.realAt(next) - nowMs);
  }

  @Override
  public void close() throws InterruptedException {
    stop.countDown();
    Thread running = thread;
    if (running != null) {
      running.join(CLOSE.toMillis());
    }
  }
}
