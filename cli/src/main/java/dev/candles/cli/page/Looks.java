package dev.candles.cli.page;

import dev.candles.cli.status.Status;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
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
 * whoever asks gets the last look at once, and has a new one made if that is old; whoever comes
 * back after a while waits for that one, but not for ever.
 */
final class Looks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
  private static final long SHORTEST_PAUSE_NANOS = Duration.ofSeconds(4).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long PAUSE_PER_LOOK = 9;

  /** Nobody has asked for so long that the last look says nothing of now. */
  private static final long STALE_NANOS = Duration.ofMinutes(2).toNanos();

  /** The page asks every few seconds: who asks after longer was away, and wants to know of now. */
  private static final long AWAY_NANOS = Duration.ofSeconds(15).toNanos();

  /** Who was away waits for so long: programs ask once, and the page gives up after 20 s. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();

  private static final long PATIENCE_STEP_MS = 100;

  private final Source source;
  private final Nanos nanos;
  private final ExecutorService one = Executors.newSingleThreadExecutor(Looks::daemon);
  private @Nullable Look newest;
  private String error = "";
  private boolean looking;
  private long begunNanos;
  private long nextNanos;
  private long newestNanos;
  private long askedNanos;
  private long leastNumber;

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
   * @param error why there is no newer one, as the next failed or does not end; empty if all is
   *     well
   */
  record Look(Status status, long number, String error) {}

  Looks(Source source, Nanos nanos) {
    this.source = source;
    this.nanos = nanos;
    this.nextNanos = nanos.now();
    this.askedNanos = nanos.now();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "page-look");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The newest look; empty before the first is done, and while one is made for who was away: what
   * was seen for the last visitor says nothing of now.
   */
  synchronized Optional<Look> newest() {
    boolean back = nanos.now() - askedNanos > AWAY_NANOS;
    askedNanos = nanos.now();
    if (!looking && nanos.now() - nextNanos >= 0) {
      looking = true;
      begunNanos = nanos.now();
      one.execute(this::look);
    }
    Look last = newest;
    if (back && looking) {
      leastNumber = last == null ? 1 : last.number + 1;
    }
    long takenNanos = looking ? nanos.now() - begunNanos : 0;
    String why =
        takenNanos > STALE_NANOS
            ? "a look does not end for " + TimeUnit.NANOSECONDS.toMinutes(takenNanos) + " min"
            : error;
    boolean stale = why.isEmpty() && nanos.now() - newestNanos > STALE_NANOS;
    return last == null || stale || (why.isEmpty() && last.number < leastNumber)
        ? Optional.empty()
        : Optional.of(new Look(last.status, last.number, why));
  }

  /**
   * As {@link #newest}, but waits a little for the look that is made for who was away. One that
   * takes longer leaves him the last, which was made for his last question, as long as that says
   * something of now. Nobody waits for the first of all: it tells how far it is.
   */
  synchronized Optional<Look> soon() {
    Optional<Look> look = newest();
    long fromNanos = nanos.now();
    try {
      while (look.isEmpty() && newest != null && nanos.now() - fromNanos < PATIENCE_NANOS) {
        TimeUnit.MILLISECONDS.timedWait(this, PATIENCE_STEP_MS);
        look = newest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the page is closed
      return Optional.empty();
    }
    return look.isEmpty() && newest != null && nanos.now() - newestNanos <= STALE_NANOS
        ? Optional.of(newest)
        : look;
  }

  /**
   * The newest look, however old, for what is read anew beside it; as {@link #newest} before it.
   */
  synchronized Optional<Look> last() {
    return newest == null ? newest() : Optional.of(newest);
  }

  /** Why there is no look; empty if none failed. */
  synchronized String error() {
    return error;
  }

  private void look() {
    Status status = null;
    String why = "it ended by an error";
    try {
      status = source.look();
      why = "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | Error e) { // short memory passes, and the page says what it was
      why = OneLine.of(FailureText.of(e));
      LOG.warn("event=page_look_failed error={}", LogValue.of(why));
    } finally {
      done(status, why);
    }
  }

  private synchronized void done(@Nullable Status status, String why) {
    looking = false;
    notifyAll();
    if (status != null) {
      newest = new Look(status, newest == null ? 1 : newest.number + 1, "");
      newestNanos = nanos.now();
    }
    error = why;
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
