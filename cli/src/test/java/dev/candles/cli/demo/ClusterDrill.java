package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.cluster.PidFile;
import dev.candles.core.candle.StreamKey;
import dev.candles.lake.disk.Trees;
import dev.candles.lake.view.DoubledKeys;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.truth.LakeCheck;
import dev.candles.sim.truth.LakeComparison;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Simulated venues in this process, a cluster of separate JVMs that {@code ./candles} starts, and a
 * lake between them. What it waits for has a deadline in real time; {@link #close} ends everything.
 */
final class ClusterDrill implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(8);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(2);

  private static final Pattern RUNNING =
      Pattern.compile("\"jid\":\"(\\w{32})\"[^{}]*?\"state\":\"RUNNING\"");

  private static final Pattern RESTORED =
      Pattern.compile("\"restored\":\\{[^{}]*\"external_path\":\"([^\"]+)\"");

  final Simulator simulator;
  final Path lake;
  private final Scope scope;
  private final long historyMs;
  private final Path work;
  private final Path config;
  private final HttpClient http = HttpClient.newHttpClient();
  private int commands;

  private ClusterDrill(Scope scope, long historyMs, String settings, Path work, Simulator simulator)
      throws IOException {
    this.scope = scope;
    this.historyMs = historyMs;
    this.work = work;
    this.simulator = simulator;
    this.lake = Files.createDirectories(work.resolve("lake"));
    this.config = work.resolve("collector.yaml");
    Files.writeString(config, scope.config(simulator, lake, historyMs, CHECKPOINTS) + settings);
  }

  /** What a command ended with. */
  record Said(int code, String text) {
    /** The rest of the last line that begins so. */
    String after(String start) {
      return text.lines()
          .filter(line -> line.startsWith(start))
          .reduce((a, b) -> b)
          .map(line -> line.substring(start.length()))
          .orElseThrow(() -> new AssertionError("no '" + start + "' in:\n" + text));
    }
  }

  static ClusterDrill open(String name, Scope scope, Duration history, long startMs, double speed)
      throws Exception {
    return open(name, scope, history, "", startMs, speed);
  }

  /**
   * Opens the venues; their market time starts at {@code startMs} (epoch ms, UTC).
   *
   * @param history market time before the start
   * @param settings more lines of configuration
   */
  static ClusterDrill open(
      String name, Scope scope, Duration history, String settings, long startMs, double speed)
      throws Exception {
    Path work = Path.of(System.getProperty("repository.root"), "cli", "target", "drills", name);
    if (Files.isDirectory(work)) {
      endCluster(work); // of a run that was interrupted
      Trees.delete(work);
    }
    Files.createDirectories(work);
    SimulatorConfig venues = scope.simulated(SimulatorConfig.defaults());
    Simulator simulator = Simulator.start(venues.startingAt(startMs, speed));
    return new ClusterDrill(scope, startMs - history.toMillis(), settings, work, simulator);
  }

  /** Runs a command in a process of its own; {@code --cluster-dir} is added. */
  Said candles(String... words) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--cluster-dir", work.resolve("cluster").toString()));
    Path output = work.resolve("command-" + ++commands + ".out");
    CollectorProcess process = CollectorProcess.command(output, all.toArray(new String[0]));
    int code = process.ended(DEADLINE).orElseThrow(() -> new AssertionError("hangs: " + all));
    String text = Files.readString(output);
    System.out.println(
        "$ ./candles " + String.join(" ", words) + "\n" + text + "exit code " + code);
    return new Said(code, text);
  }

  /** As {@link #candles}, with the collector's configuration. */
  Said ofLake(String... words) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--config", config.toString()));
    return candles(all.toArray(new String[0]));
  }

  private static void endCluster(Path work) throws Exception {
    Path cluster = work.resolve("cluster");
    if (PidFile.any(cluster.resolve("pid"))) {
      Path output = work.resolve("end.out");
      CollectorProcess.command(
              output, "cluster", "stop", "--force", "--cluster-dir", cluster.toString())
          .ended(DEADLINE);
      System.out.println(Files.readString(output));
    }
  }

  /** Whether a process of the cluster has ended, also when its pid file is gone. */
  BooleanSupplier ended(String role) throws Exception {
    return PidFile.ended(work.resolve("cluster/pid/" + role + ".pid"), role);
  }

  /** The folder of the cluster. */
  Path cluster() {
    return work.resolve("cluster");
  }

  /** The lines that hold a text, of the logs of all processes of the cluster. */
  List<String> logged(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> logs = Files.list(cluster().resolve("log"))) {
      for (Path log : logs.filter(file -> file.toString().contains(".log")).sorted().toList()) {
        lines.addAll(CollectorProcess.lines(log, text));
      }
    }
    return lines;
  }

  /** SIGKILL for one of two TaskManagers; waits until the job goes on without it. */
  void killTaskManager(String role, String ui) throws Exception {
    long pid = pid(role);
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    System.out.println(Instant.ofEpochMilli(simulator.now()) + " kill -9 " + role + ", " + pid);
    await("the JobManager notices", () -> ask(ui, "/overview").contains("\"taskmanagers\":1,"));
    await("the job goes on", () -> !restoredFrom(ui).isEmpty());
  }

  /** The id of the job that runs; empty if none does. */
  String running(String ui) throws Exception {
    Matcher running = RUNNING.matcher(ask(ui, "/jobs/overview"));
    return running.find() ? running.group(1) : "";
  }

  /** The checkpoint or savepoint that the job that runs was restored from; empty if from none. */
  String restoredFrom(String ui) throws Exception {
    String job = running(ui);
    if (job.isEmpty()) {
      return "";
    }
    Matcher restored = RESTORED.matcher(ask(ui, "/jobs/" + job + "/checkpoints"));
    return restored.find() ? restored.group(1) : "";
  }

  /** The number of a process of the cluster. */
  long pid(String role) throws IOException {
    String text = Files.readString(work.resolve("cluster/pid/" + role + ".pid"));
    return Long.parseLong(text.replaceFirst("(?s).*?pid=(\\d+).*", "$1"));
  }

  /** What the JobManager answers. */
  String ask(String ui, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ui + path)).timeout(Duration.ofSeconds(30)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Waits until the lake accounts for all up to a market time, epoch ms, UTC. */
  void awaitAccounted(long toMs) throws Exception {
    await(
        "the lake accounts for all",
        () ->
            simulator.now() >= toMs
                && check().accounted(scope.streams(), historyMs, toMs).size()
                    == scope.streams().size());
  }

  /** Waits until the lake equals the truth up to a market time, epoch ms, UTC. */
  void awaitEqual(long toMs) throws Exception {
    awaitAccounted(toMs);
    await("the lake equals the truth", () -> compare(toMs).isEqual());
  }

  /**
   * Equal up to a market time (epoch ms, UTC), stopped by {@code ./candles stop}, and equal still.
   */
  void equalsTruth(long toMs) throws Exception {
    awaitEqual(toMs);
    assertThat(ofLake("stop").code()).isZero();
    LakeComparison comparison = compare(toMs);
    assertThat(comparison.isEqual()).as(comparison.table()).isTrue();
    assertThat(DoubledKeys.count(lake)).as("keys that stand twice").isZero();
  }

  LakeComparison compare(long toMs) throws IOException {
    return check().compare(scope.streams(), historyMs, toMs);
  }

  List<StreamKey> streams() {
    return scope.streams();
  }

  private LakeCheck check() {
    return new LakeCheck(simulator.truth(), new FileLake(lake.toString()));
  }

  static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("not in time: " + what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }

  @Override
  public void close() throws Exception {
    try {
      endCluster(work);
    } finally {
      simulator.close();
    }
  }
}
