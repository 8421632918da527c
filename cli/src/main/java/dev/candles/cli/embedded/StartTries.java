package dev.candles.cli.embedded;

import dev.candles.text.LogValue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a step of a start again for as long as a disk is to blame, which may have room again: as
 * the job does once it runs. It gives up after a while, for a supervisor that tells; so slowly that
 * none takes it for a collector that ends at once, again and again.
 */
final class StartTries {
  /** In half an hour these are fewer than the ten ends after which candles.service gives up. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(StartTries.class);

  private final Pause pause;

  StartTries() {
    this(length -> TimeUnit.MILLISECONDS.sleep(length.toMillis()));
  }

  /**
   * @param pause takes real time between two tries
   */
  StartTries(Pause pause) {
    this.pause = pause;
  }

  /** Lets real time go by. */
  @FunctionalInterface
  interface Pause {
    void take(Duration length) throws InterruptedException;
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
   * @throws PassingException if a disk was to blame for {@link #LONGEST}
   * @throws Exception any other failure of the step, at once
   */
  <T> T until(String otherwise, Step<T> step) throws Exception {
    for (Duration waited = Duration.ZERO; ; waited = waited.plus(PAUSE)) {
      try {
        return step.run();
      } catch (Exception e) {
        if (!Causes.ofTheDisk(e)) {
          throw e;
        }
        String why = String.valueOf(Causes.root(e).getMessage());
        if (waited.compareTo(LONGEST) >= 0) {
          throw new PassingException(otherwise + ": " + why, e);
        }
        if (waited.isZero()) {
          LOG.warn("event=start_waits error={}", LogValue.of(why));
        }
      }
      pause.take(PAUSE);
    }
  }
}
