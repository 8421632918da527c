package dev.candles.cli.demo;

import dev.candles.cli.embedded.StartUp;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.view.DoubledKeys;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import dev.candles.sim.truth.LakeCheck;
import dev.candles.sim.truth.LakeComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The demonstration, step by step, all on the caller's thread:
 *
 * <ol>
 *   <li>the venues open in this process, the collector starts in another;
 *   <li>faults of many kinds; in the middle the collector is killed and started again;
 *   <li>the faults end at the horizon; the collector goes on until every interval before it has a
 *       state, and stops with a savepoint;
 *   <li>the lake is compared with the truth.
 * </ol>
 */
public final class Demo {
  private static final Duration REPAIRED_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOPPED_WITHIN = Duration.ofMinutes(2);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(3);
  private static final Duration STEP = Duration.ofMillis(400);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final String WORK = ".demo";
  private static final Pattern STOPPED =
      Pattern.compile("savepoint=(.+) streams=.* took_ms=(\\d+)");

  private final List<StreamKey> streams = DemoPlan.SCOPE.streams();
  private final DemoPlan plan;
  private final Path lake;
  private final PrintWriter out;
  private final Progress progress;
  private final Path work;

  /** The collector of which it was said that it runs. */
  private long toldPid;

  /**
   * @param lake an empty folder
   */
  public Demo(DemoPlan plan, Path lake, PrintWriter out) throws IOException {
    this.plan = plan;
    this.lake = lake;
    this.out = out;
    this.progress = new Progress(out, Boolean.getBoolean("candles.tty"));
    this.work = Files.createDirectories(work(lake));
  }

  /** Where a demo's lake has what is no lake. */
  static Path work(Path lake) {
    return lake.resolve(WORK);
  }

  /** Where a demo's lake has the configuration of its collector. */
  public static Path configuration(Path lake) {
    return work(lake).resolve("config.yaml");
  }

  /**
   * Runs it.
   *
   * @return whether the lake equals the truth and the collector stopped as it should
   */
  public boolean run() throws Exception {
    try (Simulator simulator = Simulator.start(plan.simulated())) {
      return run(simulator);
    }
  }

  private boolean run(Simulator simulator) throws Exception {
    Path config = configuration(lake);
    Files.writeString(
        config, DemoPlan.SCOPE.config(simulator, lake, plan.historyMs(), CHECKPOINTS));
    introduce();
    CollectorProcess collector = CollectorProcess.start(config, work.resolve("collector-1.out"));
    try {
      if (!collect(simulator, collector, plan.killMs())) {
        return false;
      }
      progress.say(kill(collector));
      collector = CollectorProcess.start(config, work.resolve("collector-2.out"));
      if (!collect(simulator, collector, plan.horizonMs())) {
        return false;
      }
      LakeCheck check = new LakeCheck(simulator.truth(), new FileLake(lake.toString()));
      progress.say(time(plan.horizonMs()) + " the faults end; waiting for every repair");
      long quietMs = Timeframe.M5.ceil(simulator.now() + Timeframe.M1.millis());
      boolean repaired =
          collect(simulator, collector, quietMs) && repaired(collector, check, quietMs);
      Optional<Integer> code = collector.stop(STOPPED_WITHIN);
      String stopped = stopped(collector.last("event=stopped").orElse(""));
      progress.say(
          "SIGTERM: " + stopped + ", exit code " + code.map(String::valueOf).orElse("none"));
      boolean equal = verdict(simulator, check);
      return repaired && equal && code.equals(Optional.of(0));
    } finally {
      collector.kill();
    }
  }

  private void introduce() {
    progress.say(
        String.format(
            Locale.ROOT,
            "%d streams: %s, each with %d symbols in %s; simulated, %s market seconds per second, seed %d",
            streams.size(),
            String.join(", ", DemoPlan.SCOPE.venues()),
            streams.size() / DemoPlan.SCOPE.timeframes().size() / DemoPlan.SCOPE.venues().size(),
            DemoPlan.SCOPE.timeframes().stream()
                .map(Timeframe::label)
                .collect(Collectors.joining(" ")),
            plan.clock().speed(),
            plan.seed()));
    progress.say(
        String.format(
            Locale.ROOT,
            "history from %s, live from %s, faults until %s",
            time(plan.historyMs()),
            time(plan.startMs()),
            time(plan.horizonMs())));
    progress.say("lake " + lake);
  }

  /** Watches until a market time; false if the collector died. */
  private boolean collect(Simulator simulator, CollectorProcess collector, long untilMs)
      throws Exception {
    while (simulator.now() < untilMs) {
      if (died(collector)) {
        return false;
      }
      if (toldPid != collector.pid() && collector.last(StartUp.LAST).isPresent()) {
        progress.say(time(simulator.now()) + " collector " + collector.pid() + " runs");
        for (String address : List.of("INFO: Page: ", "INFO: Web UI: ")) {
          collector
              .last(address)
              .ifPresent(l -> progress.say("  " + l.substring("INFO: ".length())));
        }
        toldPid = collector.pid();
      }
      progress.show(done(simulator.now()), state(simulator));
      TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
    }
    return true;
  }

  private String kill(CollectorProcess collector) throws Exception {
    long files = visibleFiles();
    collector.kill();
    return String.format(
        Locale.ROOT,
        "%s kill -9 %d, %s %d visible files; starting it again",
        time(plan.killMs()),
        collector.pid(),
        toldPid == collector.pid() ? "with" : "which was not at work yet, with",
        files);
  }

  private boolean died(CollectorProcess collector) throws IOException {
    if (collector.isAlive()) {
      return false;
    }
    progress.say("the collector ended by itself; its last words:\n" + collector.tail());
    return true;
  }

  private double done(long nowMs) {
    return (double) (nowMs - plan.startMs()) / (plan.horizonMs() - plan.startMs());
  }

  private String state(Simulator simulator) {
    long faults = simulator.faults().counts().values().stream().mapToLong(Long::longValue).sum();
    return "market time " + time(simulator.now()) + ", " + faults + " faults";
  }

  /**
   * Waits until every interval has a state and all corrections have come through.
   *
   * @param quietMs market time, epoch ms, UTC: with some minutes without faults nothing is left
   *     that the checks would find
   */
  private boolean repaired(CollectorProcess collector, LakeCheck check, long quietMs)
      throws Exception {
    long deadline = System.nanoTime() + REPAIRED_WITHIN.toNanos();
    int all = streams.size();
    String state = "";
    while (System.nanoTime() < deadline) {
      if (died(collector)) {
        return false;
      }
      int accounted = check.accounted(streams, plan.historyMs(), quietMs).size();
      // values are compared only then: it costs more
      long equal = accounted == all ? compare(check).equalStreams() : 0;
      if (equal == all) {
        return true;
      }
      state = accounted + " of " + all + " streams accounted for";
      if (accounted == all) {
        state += ", " + equal + " equal to the truth";
      }
      progress.show((double) accounted / all, state);
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    progress.say("NOT REPAIRED within " + REPAIRED_WITHIN.toSeconds() + " s: " + state);
    return false;
  }

  /** Of the collector's last line, for people. */
  static String stopped(String line) {
    Matcher told = STOPPED.matcher(line);
    if (!told.find()) {
      return "it did not stop in time";
    }
    String how = told.group(1).equals("none") ? "without a savepoint" : "with a savepoint";
    return String.format(
        Locale.ROOT, "it stopped %s in %.1f s", how, Long.parseLong(told.group(2)) / 1_000.0);
  }

  private LakeComparison compare(LakeCheck check) throws IOException {
    return check.compare(streams, plan.historyMs(), plan.horizonMs());
  }

  private boolean verdict(Simulator simulator, LakeCheck check) throws IOException {
    LakeComparison comparison = compare(check);
    long twice = DoubledKeys.count(lake);
    out.println();
    out.println(
        "The lake against the truth, " + time(plan.historyMs()) + " to " + time(plan.horizonMs()));
    out.print(comparison.table());
    out.println("keys that stand twice in candles/: " + twice);
    out.println();
    out.print(
        FaultTable.of(simulator.faults(), plan.simulated().faults(), DemoPlan.SCOPE.venues()));
    out.println();
    boolean equal = comparison.isEqual() && twice == 0;
    out.println(equal ? "✓ The lake equals the truth." : "✗ The lake DIFFERS from the truth.");
    out.flush();
    return equal;
  }

  private long visibleFiles() throws IOException {
    Path candles = lake.resolve("candles");
    if (!Files.exists(candles)) {
      return 0;
    }
    try (var tree = Files.walk(candles)) {
      return tree.filter(f -> f.toString().endsWith(".parquet")).count();
    }
  }

  private static String time(long ms) {
    return Instant.ofEpochMilli(ms).toString();
  }
}
