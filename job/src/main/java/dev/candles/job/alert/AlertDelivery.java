package dev.candles.job.alert;

import dev.candles.job.config.AlertConfig;
import dev.candles.lake.state.ToldAlerts;
import dev.candles.sources.transport.Backoff;
import dev.candles.sources.transport.JsonPost;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands alerts to the log and to webhooks. Each target has a bounded queue and a thread, so that
 * none waits for another and the job for none; what fails is tried again a bounded number of times.
 * What was told is noted in the lake, and told to nobody twice.
 */
public final class AlertDelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertDelivery.class);
  private static final int MAX_WAITING = 100;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MS = 1_000;
  private static final long LONGEST_PAUSE_MS = 60_000;

  /** Four to nine minutes, with time-outs. */
  private static final int TRIES = 10;

  private record Waiting(Alert alert, CompletableFuture<Boolean> end) {}

  private final ToldAlerts told;
  private final int tries;
  private final long firstPauseMs;
  private final List<Desk> desks = new ArrayList<>();

  /** To the log and to the webhooks of a configuration. */
  public static AlertDelivery of(AlertConfig config, ToldAlerts told) {
    return of(config, System.getenv(), told, TRIES, FIRST_PAUSE_MS);
  }

  /**
   * @param environment holds addresses
   * @param tries how often a target is told of an alert at most
   * @param firstPauseMs real time before the second try; each further one is longer
   */
  static AlertDelivery of(
      AlertConfig config,
      Map<String, String> environment,
      ToldAlerts told,
      int tries,
      long firstPauseMs) {
    AlertDelivery delivery = new AlertDelivery(told, tries, firstPauseMs);
    delivery.open(new LogTarget());
    JsonPost post = new JsonPost(TIMEOUT);
    config.webhooks().forEach(hook -> delivery.open(new WebhookTarget(hook, environment, post)));
    return delivery;
  }

  private AlertDelivery(ToldAlerts told, int tries, long firstPauseMs) {
    this.told = told;
    this.tries = tries;
    this.firstPauseMs = firstPauseMs;
  }

  private void open(AlertTarget target) {
    Desk desk = new Desk(target);
    desks.add(desk);
    desk.thread.start();
  }

  /**
   * Takes an alert; never waits.
   *
   * @return done once every target was told or given up
   */
  public CompletableFuture<Void> tell(Alert alert) {
    return CompletableFuture.allOf(hand(alert).toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Takes an alert; never waits.
   *
   * @return done once every target was told or given up: whether all were told
   */
  public CompletableFuture<Boolean> tellAll(Alert alert) {
    return hand(alert).stream()
        .reduce(
            CompletableFuture.completedFuture(true),
            (a, b) -> a.thenCombine(b, Boolean::logicalAnd));
  }

  /**
   * The words that the targets were told of a subject last.
   *
   * @throws IOException if that cannot be read
   */
  public Set<String> lastWords(String subject) throws IOException {
    Set<String> words = new HashSet<>();
    for (Desk desk : desks) {
      told.lastWord(subject, desk.target.name()).ifPresent(words::add);
    }
    return words;
  }

  private List<CompletableFuture<Boolean>> hand(Alert alert) {
    return desks.stream().map(desk -> desk.take(alert)).toList();
  }

  /**
   * Ends. A try that is being made is waited for, so that it is noted and not made once more; a
   * change of health that still waits is told after the next start.
   */
  @Override
  public void close() {
    desks.forEach(Desk::stop);
    long deadline = System.nanoTime() + 2 * TIMEOUT.toNanos();
    desks.forEach(desk -> desk.join(deadline));
  }

  /** One target, its queue and its thread. */
  private final class Desk {
    private final AlertTarget target;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private final ReentrantLock trying = new ReentrantLock();
    private volatile boolean closed;

    Desk(AlertTarget target) {
      this.target = target;
      this.thread = new Thread(this::run, "candles-alerts-" + target.name());
      thread.setDaemon(true);
    }

    CompletableFuture<Boolean> take(Alert alert) {
      Waiting waiting = new Waiting(alert, new CompletableFuture<>());
      if (!queue.offer(waiting)) {
        LOG.error(
            "event=alert_dropped target={} id={} waiting={}",
            target.name(),
            alert.id(),
            MAX_WAITING);
        waiting.end.complete(false);
      }
      return waiting.end;
    }

    void stop() {
      closed = true;
      if (trying.tryLock()) { // it is between two tries, which may be for long
        thread.interrupt();
        trying.unlock();
      }
    }

    /** Waits for its last try, to {@code deadline} of {@link System#nanoTime} at most. */
    void join(long deadline) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void run() {
      try {
        while (!closed) {
          Waiting waiting = queue.take();
          waiting.end.complete(isTold(waiting.alert) || tell(waiting.alert));
        }
      } catch (InterruptedException e) {
        LOG.debug("event=alerts_closed target={} waiting={}", target.name(), queue.size());
      }
    }

    private boolean isTold(Alert alert) {
      try {
        Optional<ToldAlerts.Mark> mark = alert.mark();
        return mark.isPresent() && told.isTold(alert.subject(), target.name(), mark.get());
      } catch (IOException | RuntimeException e) {
        LOG.warn("event=alert_mark_unreadable id={} error={}", alert.id(), LogValue.of(e));
        return false; // told twice is better than not at all
      }
    }

    private boolean tell(Alert alert) throws InterruptedException {
      Backoff backoff = new Backoff(firstPauseMs, LONGEST_PAUSE_MS, alert.id().hashCode());
      for (int tried = 1; ; tried++) {
        trying.lock();
        try {
          if (closed) {
            throw new InterruptedException("closed");
          }
          target.tell(alert);
          note(alert);
          return true;
        } catch (IOException | RuntimeException e) { // its thread must outlive it
          boolean last = tried == tries;
          LOG.warn(
              (last ? "event=alert_given_up" : "event=alert_failed")
                  + " target={} id={} attempt={} error={}",
              target.name(),
              alert.id(),
              tried,
              LogValue.of(why(e)));
          if (last) {
            return false;
          }
        } finally {
          trying.unlock();
        }
        if (!closed) {
          TimeUnit.MILLISECONDS.sleep(backoff.nextDelayMs());
        }
      }
    }

    /** Targets keep secrets out of their own messages; others may name an address or a path. */
    private static String why(Exception failure) {
      return failure instanceof IOException
          ? String.valueOf(failure.getMessage())
          : FailureText.kind(failure);
    }

    private void note(Alert alert) {
      try {
        if (alert.mark().isPresent()) {
          told.tell(alert.subject(), target.name(), alert.mark().get());
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("event=alert_mark_failed id={} error={}", alert.id(), LogValue.of(e));
      }
    }
  }
}
