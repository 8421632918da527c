package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.job.sink.FlinkPath;
import dev.candles.lake.disk.Trees;
import dev.candles.lake.view.DoubledKeys;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.truth.LakeCheck;
import dev.candles.sim.truth.LakeComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Simulated venues in this process, the real collector in another, and a lake between them, which
 * stays below {@code cli/target/drills} until the next run. One thread; what it waits for has a
 * deadline in real time.
 *
 * <ol>
 *   <li>{@link #open} starts the venues; {@link #start} the collector.
 *   <li>{@link #kill}, {@link #stop} and {@link #start} again, as often as wanted.
 *   <li>{@link #equalsTruth} ends the faults, waits for the repair, stops and compares.
 * </ol>
 */
final class Drill implements AutoCloseable {
  /** The venue of drills that need one only. */
  static final String VENUE = "okx";

  private static final Duration DEADLINE = Duration.ofMinutes(4);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Of what reads files. */
  private static final Duration READ = Duration.ofMillis(250);

  private static final Duration COMPARE = Duration.ofSeconds(1);

  /** The last of these that a collector printed is how far it came. */
  private static final List<String> STEPS =
      List.of(
          "Web UI",
          "Collector started",
          "event=first_checkpoint",
          "event=connected",
          "event=starting");

  /**
   * What is collected.
   *
   * @param history market time before the start
   * @param ofVenues more keys of each venue, with a comma behind each
   * @param settings more lines of configuration
   */
  record Plan(Scope scope, Duration history, String ofVenues, String settings) {
    Plan(Scope scope, Duration history) {
      this(scope, history, "", "");
    }

    Plan(Scope scope, Duration history, String settings) {
      this(scope, history, "", settings);
    }

    List<StreamKey> streams() {
      return scope.streams();
    }
  }

  final Path lake;
  final Simulator simulator;
  final WholeFiles files;
  private final Path work;
  final Path config;
  private final Plan plan;
  private final long historyMs;
  private int lives;
  private long startedNanos;
  private @Nullable CollectorProcess collector;
  private Path collectorOutput;

  private Drill(Path work, Simulator simulator, Plan plan, long historyMs) throws IOException {
    this.work = work;
    this.simulator = simulator;
    this.plan = plan;
    this.historyMs = historyMs;
    this.collectorOutput = output(1);
    this.lake = Files.createDirectories(work.resolve("lake"));
    this.config = work.resolve("config.yaml");
    this.files = new WholeFiles(lake);
    clockOff(Duration.ZERO);
  }

  /** From the next start on the collector's clock is that far ahead; behind if negative. */
  void clockOff(Duration off) throws IOException {
    String usual = plan.scope.config(simulator, lake, historyMs, CHECKPOINTS, off);
    Files.writeString(
        config, usual.replace("{name:", "{" + plan.ofVenues + " name:") + plan.settings);
  }

  /** Bitcoin of every venue. */
  static Scope bitcoin(Timeframe... timeframes) {
    return new Scope(
        new TreeMap<>(
            Map.of(
                "coinbase", List.of("BTC-USD"),
                "kraken", List.of("BTC-USD"),
                "okx", List.of("BTC-USDT"))),
        List.of(timeframes));
  }

  /**
   * Opens the venues; their market time starts at {@code startMs} (epoch ms, UTC).
   *
   * @param name of the folder
   */
  static Drill open(String name, Plan plan, long startMs, double speed, SimulatorConfig venues)
      throws IOException {
    Path work = Path.of(System.getProperty("repository.root"), "cli", "target", "drills", name);
    Trees.delete(work);
    Files.createDirectories(work);
    SimulatorConfig config = plan.scope.simulated(venues).startingAt(startMs, speed);
    Drill drill = new Drill(work, Simulator.start(config), plan, startMs - plan.history.toMillis());
    drill.say("%d streams, %s times real speed", plan.streams().size(), speed);
    return drill;
  }

  /** Prints what happens, with market time. */
  void say(String format, Object... values) {
    System.out.println(Instant.ofEpochMilli(simulator.now()) + " " + format.formatted(values));
  }

  /** Starts the collector. */
  CollectorProcess start(String... options) throws IOException {
    CollectorProcess started = second(options);
    collector = started;
    collectorOutput = output(lives);
    startedNanos = System.nanoTime();
    say("started: pid %d %s", started.pid(), String.join(" ", options));
    return started;
  }

  /** Starts one more collector on the same lake, which is the caller's to end. */
  CollectorProcess second(String... options) throws IOException {
    lives++;
    return CollectorProcess.start(config, output(lives), options);
  }

  CollectorProcess collector() {
    if (collector == null) {
      throw new IllegalStateException("no collector was started");
    }
    return collector;
  }

  /** SIGKILL. */
  void kill() throws Exception {
    CollectorProcess victim = collector();
    assertThat(victim.isAlive()).as("alive until it is killed; it said:\n" + said()).isTrue();
    victim.kill();
    long livedMs = (System.nanoTime() - startedNanos) / 1_000_000;
    say("kill -9 %d after %d ms, %s; %s", victim.pid(), livedMs, step(), files);
  }

  /** The lines that hold a text, of all collectors from the first on. */
  List<String> printed(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int life = 1; life <= lives; life++) {
      lines.addAll(CollectorProcess.lines(output(life), text));
    }
    return lines;
  }

  private Path output(int life) {
    return work.resolve("collector-" + life + ".out");
  }

  /** How far the collector came. */
  private String step() throws IOException {
    for (String step : STEPS) {
      if (collector().last(step).isPresent()) {
        return "after '" + step + "'";
      }
    }
    return "starting or restoring";
  }

  /**
   * SIGTERM.
   *
   * @return the savepoint
   */
  Path stop() throws Exception {
    Optional<Integer> code = collector().stop(DEADLINE);
    String last = collector().last("event=stopped").orElse("not stopped:\n" + said());
    say("SIGTERM: exit code %s, %s", code.map(String::valueOf).orElse("none"), last);
    assertThat(code).as(last).contains(0);
    String savepoint = last.replaceFirst(".*savepoint=(\\S+).*", "$1");
    return FlinkPath.folder(savepoint);
  }

  /** Waits for a market time, epoch ms, UTC. */
  void awaitMarket(long ms) throws Exception {
    long waitMs = simulator.clock().realDuration(Math.max(0, ms - simulator.now()));
    Duration within = DEADLINE.plusMillis(waitMs);
    await("market time " + Instant.ofEpochMilli(ms), within, LOOK, () -> simulator.now() >= ms);
  }

  /** Waits for whatever may become true while the collector runs. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    await(what, DEADLINE, READ, condition);
  }

  /** Waits until the collector has printed a text; an empty one is there from the start. */
  void awaitLine(String text) throws Exception {
    PrintedText printed = new PrintedText(collectorOutput, text);
    await("'" + text + "'", DEADLINE, LOOK, printed::isThere);
  }

  /** Waits until the collector has committed what a killed one had left. */
  void awaitStarted() throws Exception {
    awaitLine("event=first_checkpoint");
  }

  /** Waits until the collector has filled its history. */
  void awaitWork() throws Exception {
    awaitStarted();
    long nowMs = simulator.now();
    await("history", DEADLINE, COMPARE, () -> accounted(nowMs));
    say("collecting: %s", files);
  }

  private boolean accounted(long toMs) throws IOException {
    return check().accounted(plan.streams(), historyMs, toMs).size() == plan.streams().size();
  }

  /** Waits until all up to a market time (epoch ms, UTC) equals the truth. */
  void awaitEqual(long horizonMs) throws Exception {
    awaitMarket(horizonMs);
    await(
        "the lake equals the truth",
        DEADLINE,
        COMPARE,
        () -> accounted(horizonMs) && compare(horizonMs).isEqual());
  }

  /** As {@link #equalsTruth(long)}, up to the end of an interval of the largest timeframe. */
  long equalsTruth() throws Exception {
    return equalsTruth(plan.scope.largest().ceil(simulator.now()));
  }

  /**
   * Ends the faults, waits for the repair, stops the collector and compares all there is.
   *
   * @param horizonMs up to when, epoch ms, UTC; waited for
   * @return the same
   */
  long equalsTruth(long horizonMs) throws Exception {
    awaitMarket(horizonMs);
    faultsEnd();
    long fromNanos = System.nanoTime();
    try {
      awaitEqual(horizonMs);
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "\n" + compare(horizonMs).table(), late);
    }
    say("repaired after %d ms real", (System.nanoTime() - fromNanos) / 1_000_000);
    stop();
    LakeComparison comparison = compare(horizonMs);
    long twice = DoubledKeys.count(lake);
    files.again();
    say("%s; keys twice: %d\n%s", files, twice, comparison.table());
    assertThat(comparison.isEqual()).as(comparison.table()).isTrue();
    assertThat(twice).as("keys that stand twice").isZero();
    assertThat(files.broken()).isEmpty();
    return horizonMs;
  }

  /** Ends the faults now and says how many of each kind there were. */
  Map<String, Long> faultsEnd() {
    simulator.faults().until(simulator.now());
    Map<String, Long> injected = simulator.faults().counts();
    injected.values().removeIf(count -> count == 0);
    say("the faults end: %s", injected);
    return injected;
  }

  LakeComparison compare(long horizonMs) throws IOException {
    return check().compare(plan.streams(), historyMs, horizonMs);
  }

  private LakeCheck check() {
    return new LakeCheck(simulator.truth(), new FileLake(lake.toString()));
  }

  private void await(String what, Duration within, Duration every, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.call()) {
      assertThat(collector == null || collector.isAlive())
          .as("the collector ended by itself while waiting for %s; it said:\n%s", what, said())
          .isTrue();
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + what + "; the collector said:\n" + said());
      }
      TimeUnit.MILLISECONDS.sleep(every.toMillis());
    }
  }

  private String said() throws IOException {
    return collector == null ? "" : collector.tail();
  }

  @Override
  public void close() throws Exception {
    if (collector != null) {
      collector.kill();
    }
    files.close();
    simulator.close();
  }
}
