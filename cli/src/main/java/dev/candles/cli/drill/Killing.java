package dev.candles.cli.drill;

import dev.candles.cli.demo.Progress;
import dev.candles.cli.drill.DrillPlan.Kill;
import dev.candles.sim.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A kill and what follows, in this order:
 *
 * <ol>
 *   <li>the last timestamps are noted, the signal is sent;
 *   <li>where nothing is left, it is started again after the downtime; what died of a cluster that
 *       goes on, after the moment that a supervisor needs;
 *   <li>it is waited until all tasks run, a checkpoint is complete and a new candle is visible;
 *   <li>what was frozen is woken only then: the job has collected without it.
 * </ol>
 */
final class Killing {
  private static final Duration BACK_WITHIN = Duration.ofMinutes(5);
  private static final Duration SUPERVISOR = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Subject subject;
  private final Simulator simulator;
  private final Path lake;
  private final Duration downtime;
  private final Progress progress;

  /**
   * @param downtime market time
   */
  Killing(Subject subject, Simulator simulator, Path lake, Duration downtime, Progress progress) {
    this.subject = subject;
    this.simulator = simulator;
    this.lake = lake;
    this.downtime = downtime;
    this.progress = progress;
  }

  Outcome perform(Kill kill) throws Exception {
    subject.revive(); // what was woken may have ended since
    say("last timestamps: " + LastTimestamps.of(lake).text());
    try (RecoveryWatch watch = new RecoveryWatch(lake, subject.observer())) {
      long signalMs = System.currentTimeMillis();
      long signalNanos = System.nanoTime();
      String role = subject.strike(kill);
      long marketMs = simulator.now();
      watch.begin(signalMs, signalNanos, marketMs);
      say(kill.signal() + " " + role + ", kill " + kill.number());
      long pauseMs = 0;
      if (kill.kind().endsAll()) {
        pauseMs = comeAgain(marketMs, signalNanos);
      } else if (!kill.freeze()) {
        await("supervisor", SUPERVISOR);
        subject.revive();
        say("started again: " + role);
      }
      awaitBack(watch, signalNanos);
      long frozenMs = kill.freeze() ? wake(role, signalNanos) : 0;
      Outcome outcome =
          new Outcome(
              kill,
              role,
              marketMs,
              watch.runningMs().orElseThrow(),
              watch.checkpointMs().orElseThrow(),
              watch.candleMs().orElseThrow(),
              pauseMs,
              frozenMs,
              subject.memory());
      say(line(outcome));
      return outcome;
    }
  }

  /** Real time that was waited. */
  private long comeAgain(long marketMs, long signalNanos) throws Exception {
    long untilMs = marketMs + downtime.toMillis();
    long waitMs = simulator.clock().realDuration(Math.max(0, untilMs - simulator.now()));
    await("downtime", Duration.ofMillis(waitMs));
    long pauseMs = sinceMs(signalNanos);
    subject.revive();
    say("started again after " + DrillTable.seconds(pauseMs) + " s");
    return pauseMs;
  }

  private void await(String what, Duration wait) throws InterruptedException {
    long untilNanos = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = untilNanos - System.nanoTime()) {
      progress.show(1 - (double) left / wait.toNanos(), what);
      TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK.toNanos()));
    }
  }

  private void awaitBack(RecoveryWatch watch, long signalNanos) throws Exception {
    while (!watch.isDone()) {
      Drill.requireNoFault(subject);
      long waitedMs = sinceMs(signalNanos);
      String state =
          "running "
              + told(watch.runningMs().isPresent())
              + ", checkpoint "
              + told(watch.checkpointMs().isPresent())
              + ", new candle "
              + told(watch.candleMs().isPresent());
      if (waitedMs > BACK_WITHIN.toMillis()) {
        throw new DrillFailedException(
            "it did not come back within " + BACK_WITHIN.toSeconds() + " s: " + state);
      }
      progress.show((double) waitedMs / BACK_WITHIN.toMillis(), state);
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }

  private static String told(boolean there) {
    return there ? "yes" : "not yet";
  }

  /** Whether it goes on or ends by itself is its own affair; it is there again afterwards. */
  private long wake(String role, long signalNanos) throws Exception {
    long frozenMs = sinceMs(signalNanos);
    subject.wake();
    say(
        "SIGCONT "
            + role
            + ": the job has collected without it, frozen for "
            + DrillTable.seconds(frozenMs)
            + " s");
    await("it finds out that it was away", SUPERVISOR);
    subject.revive();
    return frozenMs;
  }

  private static String line(Outcome one) {
    return String.format(
        Locale.ROOT,
        "back: all tasks run after %s s, checkpoint after %s s, first new candle visible after %s s",
        DrillTable.seconds(one.runningMs()),
        DrillTable.seconds(one.checkpointMs()),
        DrillTable.seconds(one.candleMs()));
  }

  private void say(String text) {
    progress.say(time(simulator.now()) + " " + text);
  }

  static String time(long ms) {
    return Instant.ofEpochMilli(ms / 1_000 * 1_000).toString();
  }

  private static long sinceMs(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
