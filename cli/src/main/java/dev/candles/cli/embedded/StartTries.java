package dev.candles.cli.embedded;

import dev.candles.text.LogValue;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the steps of a start again for as long as a disk is to blame, which may have room again: as
 * the job does once it runs. It gives up after a while, for a supervisor that tells; so slowly that
 * none takes it for a collector that ends at once, again and again. A stop that is asked for is not
 * kept waiting. One thread.
 */
final class StartTries {
  /** In half an hour these are fewer than the ten ends after which candles.service gives up. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(StartTries.class);

  private final Pause pause;
  private final LongSupplier nanoTime;

  /** Of the first failure of any step; a try may take long by itself. */
  private OptionalLong sinceNs = OptionalLong.empty();

  /**
   * @param stopAsked done once the collector is to stop
   */
  StartTries(CompletableFuture<Boolean> stopAsked) {
    this(length -> isDone(stopAsked, length), System::nanoTime);
  }

  /**
   * @param pause takes real time between two tries
   * @param nanoTime real time as of {@link System#nanoTime}
   */
  StartTries(Pause pause, LongSupplier nanoTime) {
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /** Lets real time go by. */
  @FunctionalInterface
  interface Pause {
    /** Whether the collector is to stop, for which it does not wait to the end. */
    boolean take(Duration length) throws InterruptedException, ExecutionException;
  }

  /** The collector was asked to stop before it had started. */
  static final class StopAskedException extends Exception {
    private static final long serialVersionUID = 1L;

    StopAskedException(@Nullable Throwable cause) {
      super("asked to stop", cause);
    }
  }

  /** What leaves nothing behind where it fails. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws Exception;
  }

  /** What returns nothing. */
  @FunctionalInterface
  interface Look {
    void take() throws Exception;
  }

  /** The same as {@link #until} for a step that returns nothing. */
  void done(String otherwise, Look look) throws Exception {
    var unused =
        until(
            otherwise,
            () -> {
              look.take();
              return true;
            });
  }

  /**
   * What the step returns once it can be done.
   *
   * @param otherwise begins the line that says why it could not
   * @throws PassingException if a disk was to blame, and the first that was in this start was
   *     {@link #LONGEST} ago
   * @throws StopAskedException if the collector is to stop and a disk was to blame
   * @throws Exception any other failure of the step, at once
   */
  <T> T until(String otherwise, Step<T> step) throws Exception {
    for (boolean isFirst = true; ; isFirst = false) {
      try {
        return step.run();
      } catch (Exception e) {
        if (!Causes.ofTheDisk(e)) {
          throw e;
        }
        String why = String.valueOf(Causes.root(e).getMessage());
        if (waitedNs() >= LONGEST.toNanos()) {
          throw new PassingException(otherwise + ": " + why, e);
        }
        if (isFirst) {
          LOG.warn("event=start_waits error={}", LogValue.of(why));
        }
        if (pause.take(PAUSE)) {
          throw new StopAskedException(e);
        }
      }
    }
  }

  private long waitedNs() {
    long nowNs = nanoTime.getAsLong();
    if (sinceNs.isEmpty()) {
      sinceNs = OptionalLong.of(nowNs);
    }
    return nowNs - sinceNs.getAsLong();
  }

  private static boolean isDone(CompletableFuture<Boolean> stopAsked, Duration most)
      throws InterruptedException, ExecutionException {
    try {
      stopAsked.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
