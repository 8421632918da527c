package dev.candles.cli.drill;

import dev.candles.cli.cluster.JobObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Watches how collecting comes back after a kill, on two threads of its own: one lists the lake,
 * one asks the job.
 *
 * <p>What counts as a new candle is said at {@link NewCandles}. The job counts as running from the
 * instant at which all its tasks were seen to run in an attempt that Flink began after the signal,
 * or at which it began a checkpoint of that attempt, which it does only then.
 */
final class RecoveryWatch implements AutoCloseable {
  private static final long LOOK_MS = 100;
  private static final long ASK_MS = 150;
  private static final long NOT_YET = -1;

  private final NewCandles candles;
  private final JobObserver job;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, RecoveryWatch::thread);

  // written by one of the two threads each, milliseconds since the signal
  private volatile long runningMs = NOT_YET;
  private volatile long checkpointMs = NOT_YET;
  private volatile long candleMs = NOT_YET;
  private volatile boolean closed;

  private Future<?> files = CompletableFuture.completedFuture(null);
  private Future<?> asking = files;

  /**
   * Notes what is visible now. Call it right before the signal.
   *
   * @param job closed with this
   */
  RecoveryWatch(Path lake, JobObserver job) throws IOException {
    this.candles = new NewCandles(lake);
    this.job = job;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "watch-recovery");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins.
   *
   * @param signalMs real time right before the signal, epoch ms
   * @param signalNanos the same by {@link System#nanoTime}
   * @param marketMs market time right after the signal, epoch ms, UTC
   */
  void begin(long signalMs, long signalNanos, long marketMs) {
    files =
        threads.submit(
            () -> {
              while (!closed && candleMs == NOT_YET) {
                if (candles.isOneOfAfter(marketMs)) {
                  candleMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - signalNanos);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
              }
              return null;
            });
    asking =
        threads.submit(
            () -> {
              while (!closed && checkpointMs == NOT_YET) {
                job.look()
                    .filter(seen -> seen.runningSinceMs() > signalMs)
                    .ifPresent(seen -> note(seen, signalMs, System.currentTimeMillis()));
                TimeUnit.MILLISECONDS.sleep(ASK_MS);
              }
              return null;
            });
  }

  private void note(JobObserver.Seen seen, long signalMs, long nowMs) {
    Optional<JobObserver.Checkpoint> first =
        seen.checkpoints().stream()
            .filter(each -> each.startedMs() >= seen.runningSinceMs())
            .findFirst();
    if (runningMs == NOT_YET && seen.allTasksRun()) {
      runningMs = nowMs - signalMs;
    }
    if (first.isPresent()) { // an answer may have been long under way
      long begunMs = first.get().startedMs() - signalMs;
      runningMs = runningMs == NOT_YET ? begunMs : Math.min(runningMs, begunMs);
    }
    first.ifPresent(checkpoint -> checkpointMs = checkpoint.completedMs() - signalMs);
  }

  /**
   * Whether all has come back.
   *
   * @throws IOException if the lake cannot be read or the job not be asked
   */
  boolean isDone() throws Exception {
    for (Future<?> thread : List.of(files, asking)) {
      if (thread.isDone()) {
        thread.get();
      }
    }
    return candleMs != NOT_YET && checkpointMs != NOT_YET && runningMs != NOT_YET;
  }

  /** From the signal until all tasks ran again. */
  OptionalLong runningMs() {
    return of(runningMs);
  }

  /** From the signal until the first checkpoint after it was complete. */
  OptionalLong checkpointMs() {
    return of(checkpointMs);
  }

  /** From the signal until the first new candle was visible. */
  OptionalLong candleMs() {
    return of(candleMs);
  }

  private static OptionalLong of(long ms) {
    return ms == NOT_YET ? OptionalLong.empty() : OptionalLong.of(ms);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the watch does not end");
    }
    job.close();
  }
}
