package dev.candles.cli.drill;

import dev.candles.cli.cluster.Ports;
import dev.candles.cli.demo.Progress;
import dev.candles.cli.drill.DrillPlan.Kill;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.Simulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The crash recovery drill of the runbook, on simulated venues with faults, all on the caller's
 * thread:
 *
 * <ol>
 *   <li>the venues open in this process, what collects starts in others;
 *   <li>for each {@link Killing}: last timestamps are noted, the signal is sent, how collecting
 *       comes back is watched;
 *   <li>the faults end; every repair is waited for; what collects stops with a savepoint;
 *   <li>gaps, checks, keys and the truth decide, see {@link Verdict}.
 * </ol>
 */
public final class Drill {
  private static final Duration COLLECTS_WITHIN = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String WORK = ".drill";

  private final DrillPlan plan;
  private final Path lake;
  private final Path work;
  private final PrintWriter out;
  private final Progress progress;
  private final MarketClock clock;

  /**
   * @param lake an empty folder
   * @param nowMs real time, epoch ms
   */
  public Drill(DrillPlan plan, Path lake, PrintWriter out, long nowMs) throws IOException {
    this.plan = plan;
    this.lake = lake;
    this.out = out;
    this.progress = new Progress(out, Boolean.getBoolean("candles.tty"));
    this.work = Files.createDirectories(lake.resolve(WORK));
    this.clock = plan.clock(nowMs);
  }

  /** Where a drill's lake has the configuration of its collector. */
  public static Path configuration(Path lake) {
    return lake.resolve(WORK).resolve("config.yaml");
  }

  /**
   * Runs it.
   *
   * @param strictTimes whether a time that was missed fails it
   * @return whether it is passed
   */
  public boolean run(boolean strictTimes) throws Exception {
    try (Simulator simulator = Simulator.start(plan.simulated(clock));
        PrintWriter log = new PrintWriter(Files.newBufferedWriter(work.resolve("commands.out")));
        Subject subject = subject(simulator, log)) {
      introduce();
      subject.start();
      return run(simulator, subject, strictTimes);
    } catch (DrillFailedException failed) {
      return failed(failed);
    }
  }

  private boolean run(Simulator simulator, Subject subject, boolean strictTimes) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    try {
      awaitCollecting(subject);
      Killing killing = new Killing(subject, simulator, lake, plan.downtime(), progress);
      for (Kill kill : plan.kills()) {
        awaitMoment(subject, simulator, kill);
        outcomes.add(killing.perform(kill));
      }
      Verdict verdict = new Verdict(lake, work, simulator, progress);
      verdict.awaitRepairs(subject);
      boolean stopped = subject.stop();
      progress.say(stopped ? "stopped with a savepoint" : "✗ it did not stop as it should");
      print(outcomes);
      List<Criterion> criteria = verdict.criteria(outcomes);
      out.println();
      criteria.forEach(criterion -> out.println(criterion.line()));
      return conclude(stopped && Criterion.pass(criteria, false), criteria, outcomes, strictTimes);
    } catch (RefusedException refused) { // by now something was started: it is a failure
      return failed(refused);
    }
  }

  private boolean failed(Exception why) {
    progress.say("✗ The drill cannot go on: " + why.getMessage());
    return false;
  }

  private Subject subject(Simulator simulator, PrintWriter log) throws Exception {
    // the same in every life of the collector, so that it can be asked from its first moment on
    int port = plan.cluster() ? 0 : new Ports().any();
    Path config = configuration(lake);
    Files.writeString(
        config,
        DrillPlan.SCOPE.config(simulator, lake, DrillPlan.historyMs(clock), plan.interval(), port));
    return plan.cluster()
        ? new ClusterSubject(config, work.resolve("cluster"), plan.standby(), log)
        : new EmbeddedSubject(config, work, port);
  }

  private void introduce() {
    progress.say(
        String.format(
            Locale.ROOT,
            "%d streams of %s with faults, %s market seconds per second, seed %d; %s;"
                + " checkpoints every %s s",
            DrillPlan.SCOPE.streams().size(),
            String.join(", ", DrillPlan.SCOPE.venues()),
            plan.speed(),
            plan.seed(),
            plan.cluster()
                ? "a cluster of separate JVMs" + (plan.standby() ? " with a standby" : "")
                : "a collector",
            DrillTable.seconds(plan.interval().toMillis())));
    progress.say("lake " + lake);
  }

  /** A kill before all streams are there would tell nothing of how they come back. */
  private void awaitCollecting(Subject subject) throws Exception {
    long bases =
        DrillPlan.SCOPE.streams().stream()
            .filter(stream -> stream.timeframe() == Timeframe.BASE)
            .count();
    long startedNanos = System.nanoTime();
    long there = 0;
    while (there < bases) {
      requireNoFault(subject);
      String state = there + " of " + bases + " markets are there";
      if (System.nanoTime() - startedNanos > COLLECTS_WITHIN.toNanos()) {
        throw new DrillFailedException(
            "not collecting within " + COLLECTS_WITHIN.toSeconds() + " s of the start: " + state);
      }
      progress.show(0, "starting: " + state);
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      there = LastTimestamps.of(lake).newest().size();
    }
    progress.say(Killing.time(clock.marketAt(System.currentTimeMillis())) + " collecting");
  }

  private void awaitMoment(Subject subject, Simulator simulator, Kill kill) throws Exception {
    long fromMs = simulator.now();
    long untilMs = fromMs + kill.afterMs();
    double before = kill.number() - 1.0;
    for (long nowMs = fromMs; nowMs < untilMs; nowMs = simulator.now()) {
      requireNoFault(subject);
      double part = (double) (nowMs - fromMs) / kill.afterMs();
      progress.show(
          (before + part) / plan.kills().size(),
          String.format(
              Locale.ROOT,
              "market time %s, kill %d of %d at %s",
              Instant.ofEpochMilli(nowMs),
              kill.number(),
              plan.kills().size(),
              Instant.ofEpochMilli(untilMs)));
      TimeUnit.MILLISECONDS.sleep(
          Math.min(LOOK.toMillis(), 1 + clock.realDuration(untilMs - nowMs)));
    }
  }

  static void requireNoFault(Subject subject) throws Exception {
    Optional<String> fault = subject.fault();
    if (fault.isPresent()) {
      throw new DrillFailedException(fault.get());
    }
  }

  private void print(List<Outcome> outcomes) {
    DrillTable table = new DrillTable(outcomes, plan.interval().toMillis());
    out.println();
    out.println(
        "Seconds from the signal until all tasks ran, until the next checkpoint, and until");
    out.println(
        "the first new candle was visible; its bound is the checkpoint interval and 15 s, and");
    out.println("the downtime where nothing was left that could go on:");
    table.kills().forEach(out::println);
    out.println();
    out.println("From the signal to the first new candle, seconds:");
    table.kinds().forEach(out::println);
    out.flush();
  }

  private boolean conclude(
      boolean correct, List<Criterion> criteria, List<Outcome> outcomes, boolean strictTimes) {
    boolean inTime =
        Criterion.pass(criteria, true)
            && outcomes.stream().allMatch(one -> one.inTime(plan.interval().toMillis()));
    boolean passed = correct && (inTime || !strictTimes);
    String times =
        inTime ? "" : " A time was missed, ✗ above; --strict-times makes that a failure.";
    out.println();
    out.println(passed ? "✓ The drill is passed." + times : "✗ The drill is FAILED.");
    out.flush();
    return passed;
  }
}
