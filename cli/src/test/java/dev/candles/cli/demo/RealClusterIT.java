package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.cluster.PidFile;
import dev.candles.cli.demo.ClusterDrill.Said;
import dev.candles.core.candle.Timeframe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A cluster of separate JVMs, from its start to its stop, with the commands of the operator. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class RealClusterIT {
  private static final long START_MS = Instant.parse("2026-03-01T20:30:00Z").toEpochMilli();
  private static final double SPEED = 30;
  private static final Scope SCOPE =
      new Scope(
          new TreeMap<>(
              Map.of("okx", List.of("BTC-USDT", "DOGE-USDT"), "kraken", List.of("BTC-USD"))),
          List.of(Timeframe.M1, Timeframe.M5));

  /** A job in the JobManager's list. */
  private static final Pattern JOB =
      Pattern.compile("\"name\":\"([^\"]*)\"[^{}]*?\"state\":\"(\\w+)\"");

  @Test
  void theCollectorSurvivesATaskManagerAndAStopAndTheBoundedJobsRunBesideIt() throws Exception {
    try (ClusterDrill drill =
        ClusterDrill.open("cluster", SCOPE, Duration.ofHours(2), START_MS, SPEED)) {
      Said started =
          drill.candles(
              "cluster", "start", "--taskmanagers=2", "-Drest.port=0", "-Djobmanager.rpc.port=0");
      assertThat(started.code()).isZero();
      String ui = started.after("Web UI: ");

      assertThat(drill.ofLake("submit", "run").code()).isZero();
      drill.awaitAccounted(START_MS);
      boundedJobsRunOnTheCluster(drill, ui);
      aKilledTaskManagerIsNoticedAndStartedAgain(drill, ui);
      Said second = drill.ofLake("submit", "run");
      assertThat(second.code()).isEqualTo(2);
      assertThat(second.text()).contains("another job collects into this lake");
      Said refused = drill.candles("cluster", "stop");
      assertThat(refused.code()).as("while a job runs").isEqualTo(2);
      assertThat(refused.text()).contains("'" + name(drill) + "' is RUNNING", "stop it first");

      String savepoint = stop(drill);
      goesOn(drill, ui, 1, savepoint);
      drill.awaitEqual(Timeframe.M5.ceil(drill.simulator.now()));
      savepoint = stop(drill);
      goesOn(drill, ui, 4, savepoint);
      drill.equalsTruth(Timeframe.M5.ceil(drill.simulator.now()));
      everythingEnds(drill);
    }
  }

  /** As Ctrl-C does, SIGTERM ends the command while its processes are on their way. */
  @Test
  void aStartThatIsToldToEndLeavesNothingBehind(@TempDir Path work) throws Exception {
    Path cluster = work.resolve("cluster");
    CollectorProcess start =
        CollectorProcess.command(
            work.resolve("start.out"),
            "cluster",
            "start",
            "--taskmanagers=2",
            "--ha",
            "-Drest.port=0",
            "-Dhigh-availability.zookeeper.quorum=127.0.0.1:0",
            "-Djobmanager.rpc.port=0",
            "--cluster-dir=" + cluster);
    ClusterDrill.await("a first process", () -> !start.lines("jobmanager-1: pid ").isEmpty());
    BooleanSupplier ended = PidFile.ended(cluster.resolve("pid/jobmanager-1.pid"), "jobmanager-1");

    assertThat(start.stop(Duration.ofMinutes(2))).isPresent();
    assertThat(ended.getAsBoolean()).isTrue();
    assertThat(PidFile.any(cluster.resolve("pid"))).isFalse();
    assertThat(start.tail())
        .contains("Told to end: the cluster was ended again")
        .doesNotContain("Exception", "\tat ");
  }

  private static void boundedJobsRunOnTheCluster(ClusterDrill drill, String ui) throws Exception {
    assertThat(drill.ofLake("submit", "compact", "--all", "--force").code()).isZero();
    Said checked = drill.ofLake("submit", "qa");
    assertThat(checked.text()).contains("CHECK 12", "qa_report.json");
    assertThat(checked.code()).isBetween(0, 1); // the lake is being written
    assertThat(jobs(drill, ui))
        .containsEntry(name(drill), "RUNNING")
        .containsEntry("compaction", "FINISHED")
        .containsEntry("qa", "FINISHED");
  }

  /** That the job goes on meanwhile is the affair of the drill. */
  private static void aKilledTaskManagerIsNoticedAndStartedAgain(ClusterDrill drill, String ui)
      throws Exception {
    assertThat(drill.candles("cluster", "status").code()).isZero();
    assertThat(ProcessHandle.of(drill.pid("taskmanager-1")).orElseThrow().destroyForcibly())
        .isTrue();
    ClusterDrill.await(
        "the JobManager notices", () -> drill.ask(ui, "/overview").contains("\"taskmanagers\":1,"));
    Said status = drill.candles("cluster", "status");
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.text()).containsPattern("taskmanager-1 +pid \\d+ +dead");
    Said again = drill.candles("cluster", "start", "--missing");
    assertThat(again.code()).isZero();
    assertThat(again.text())
        .contains("Started again: taskmanager-1")
        .doesNotContain("taskmanager-2: pid", "jobmanager-1: pid");
    assertThat(drill.candles("cluster", "status").code()).isZero();
    assertThat(jobs(drill, ui)).containsKey(name(drill));
  }

  private static String stop(ClusterDrill drill) throws Exception {
    Said stopped = drill.ofLake("stop");
    assertThat(stopped.code()).isZero();
    assertThat(stopped.text())
        .contains("Accounted for: " + drill.streams().size() + " streams", "Collector stopped");
    return stopped.after("Savepoint: ");
  }

  /** From the state of fewer or of more tasks than there are to be. */
  private static void goesOn(ClusterDrill drill, String ui, int parallelism, String savepoint)
      throws Exception {
    Said again = drill.ofLake("submit", "run", "--parallelism=" + parallelism);
    assertThat(again.code()).isZero();
    assertThat(again.text()).contains("restores " + savepoint);
    assertThat(drill.ask(ui, "/jobs/" + drill.running(ui)))
        .containsPattern("\"name\":\"ledger[^{}]*\"parallelism\":" + parallelism + ",");
  }

  private static void everythingEnds(ClusterDrill drill) throws Exception {
    List<BooleanSupplier> ends = List.of(drill.ended("jobmanager-1"), drill.ended("taskmanager-2"));
    assertThat(drill.candles("cluster", "stop").code()).isZero();
    for (BooleanSupplier end : ends) {
      ClusterDrill.await("its end", end::getAsBoolean);
    }
    assertThat(drill.candles("cluster", "status").code()).isEqualTo(2);
    assertThat(drill.ofLake("submit", "run").code()).as("no cluster any more").isEqualTo(2);
  }

  private static String name(ClusterDrill drill) {
    return "candles " + drill.lake + " (kraken, okx)";
  }

  private static Map<String, String> jobs(ClusterDrill drill, String ui) throws Exception {
    String list = drill.ask(ui, "/jobs/overview");
    return JOB.matcher(list)
        .results()
        .collect(
            Collectors.toMap((MatchResult job) -> job.group(1), job -> job.group(2), (a, b) -> b));
  }
}
