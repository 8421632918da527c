package dev.candles.cli.demo;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.view.DoubledKeys;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
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
import java.util.stream.Collectors;

/**
 * The demonstration, step by step, all on the caller's thread:
 *
 * <ol>
 *   <li>the venues open in this process, the collector starts in another;
 *   <li>faults of every kind; in the middle the collector is killed and started again;
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

  private final List<StreamKey> streams = DemoPlan.SCOPE.streams();
  private final DemoPlan plan;
  private final Path lake;
  private final PrintWriter out;
  private final Progress progress;
  private final Path work;

  /**
   * @param lake an empty folder
   */
  public Demo(DemoPlan plan, Path lake, PrintWriter out) throws IOException {
    this.plan = plan;
    this.lake = lake;
    this.out = out;
    this.progress = new Progress(out, Boolean.getBoolean("candles.tty"));
    this.work = Files.createDirectories(lake.resolve(WORK));
  }

  /** Where a demo's lake has the configuration of its collector. */
  public static Path configuration(Path lake) {
    return lake.resolve(WORK).resolve("config.yaml");
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
      boolean repaired = repaired(collector, check);
      Optional<Integer> code = collector.stop(STOPPED_WITHIN);
      String stopped = collector.last("event=stopped").orElse("it did not stop in time");
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
    boolean runs = false;
    while (simulator.now() < untilMs) {
      if (died(collector)) {
        return false;
      }
      Optional<String> ui = runs ? Optional.empty() : collector.last("INFO: Web UI: ");
      if (ui.isPresent()) {
        String address = ui.get().substring("INFO: ".length());
        progress.say(time(simulator.now()) + " collector " + collector.pid() + " runs, " + address);
        runs = true;
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
        "%s kill -9 %d, with %d visible files; starting it again",
        time(plan.killMs()),
        collector.pid(),
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

  /** Waits until every interval has a state and all corrections have come through. */
  private boolean repaired(CollectorProcess collector, LakeCheck check) throws Exception {
    long deadline = System.nanoTime() + REPAIRED_WITHIN.toNanos();
    int all = streams.size();
    String state = "";
    while (System.nanoTime() < deadline) {
      if (died(collector)) {
        return false;
      }
      int accounted = check.accounted(streams, plan.historyMs(), plan.horizonMs()).size();
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
    out.print(faults(simulator.faults()));
    out.println();
    boolean equal = comparison.isEqual() && twice == 0;
    out.println(equal ? "✓ The lake equals the truth." : "✗ The lake DIFFERS from the truth.");
    out.flush();
    return equal;
  }

  /** A line per kind, a column per venue; a dash where a kind cannot happen. */
  private static String faults(Faults faults) {
    StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-28s", "faults injected"));
    DemoPlan.SCOPE.venues().forEach(venue -> table.append(cell(venue)));
    for (FaultKind kind : FaultKind.values()) {
      table.append(String.format(Locale.ROOT, "%n%-28s", kind.label()));
      for (String venue : DemoPlan.SCOPE.venues()) {
        boolean possible = Simulator.faultKinds(venue).contains(kind);
        table.append(cell(possible ? Long.toString(faults.counted(kind, venue)) : "-"));
      }
    }
    return table.append(System.lineSeparator()).toString();
  }

  private static String cell(String text) {
    return String.format(Locale.ROOT, "%10s", text);
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
