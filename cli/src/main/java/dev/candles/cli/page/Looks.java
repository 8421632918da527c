package dev.candles.cli.page;

import dev.candles.cli.status.Status;
import dev.candles.text.OneLine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest look at a collector and its lake. Looks only while somebody asks, one at a time on a
 * thread of its own, and a tenth of the time at most, unless that were less than twice a minute:
 * whoever asks gets the last look at once, and has a new one made if that is old.
 */
final class Looks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
  private static final long SHORTEST_PAUSE_NANOS = Duration.ofSeconds(4).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long PAUSE_PER_LOOK = 9;

  /** Nobody has asked for so long that the last look says nothing of now. */
  private static final long STALE_NANOS = Duration.ofMinutes(2).toNanos();

  private final Source source;
  private final Nanos nanos;
  private final ExecutorService one = Executors.newSingleThreadExecutor(Looks::daemon);
  private @Nullable Look newest;
  private String error = "";
  private boolean looking;
  private long nextNanos;
  private long newestNanos;

  /** Looks. */
  @FunctionalInterface
  interface Source {
    Status look() throws Exception;
  }

  /** Real time that never goes back. */
  @FunctionalInterface
  interface Nanos {
    long now();
  }

  /**
   * What was seen.
   *
   * @param number counts looks
   * @param error why the look after this one failed; empty if it did not
   */
  record Look(Status status, long number, String error) {}

  Looks(Source source, Nanos nanos) {
    this.source = source;
    this.nanos = nanos;
    this.nextNanos = nanos.now();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "page-look");
    thread.setDaemon(true);
    return thread;
  }

  /** The newest look; empty before the first is done, and while one is made after a long time. */
  synchronized Optional<Look> newest() {
    if (!looking && nanos.now() - nextNanos >= 0) {
      looking = true;
      one.execute(this::look);
    }
    Look last = newest;
    boolean stale = error.isEmpty() && nanos.now() - newestNanos > STALE_NANOS;
    return last == null || stale
        ? Optional.empty()
        : Optional.of(new Look(last.status, last.number, error));
  }

  /** Why there is no look; empty if none failed. */
  synchronized String error() {
    return error;
  }

  private void look() {
    long begunNanos = nanos.now();
    try {
      Status status = source.look();
      done(status, "", begunNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      String why = OneLine.of(e.toString());
      LOG.warn("event=page_look_failed error=\"{}\"", why);
      done(null, why, begunNanos);
    }
  }

  private synchronized void done(@Nullable Status status, String why, long begunNanos) {
    if (status != null) {
      newest = new Look(status, newest == null ? 1 : newest.number + 1, "");
      newestNanos = nanos.now();
    }
    error = why;
    looking = false;
    long endedNanos = nanos.now();
    long pauseNanos = PAUSE_PER_LOOK * (endedNanos - begunNanos);
    nextNanos =
        endedNanos + Math.max(SHORTEST_PAUSE_NANOS, Math.min(LONGEST_PAUSE_NANOS, pauseNanos));
  }

  @Override
  public void close() throws InterruptedException {
    one.shutdownNow();
    one.awaitTermination(1, TimeUnit.SECONDS);
  }
}
