package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.demo.ClusterDrill.Said;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@link HealthDrillTest} on a cluster of separate JVMs: a venue falls ill and recovers, and a
 * TaskManager is killed on its way down. Another one and another moment: {@code -Dcandles.seed}.
 */
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class ClusterHealthIT {
  private static final long START_MS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  /** Slow enough that an hour of the market, for which a failure counts, outlasts a restart. */
  private static final double SPEED = 6;

  private static final Duration FOR_EVER = Duration.ofDays(99);
  private static final Scope SCOPE =
      new Scope(
          new TreeMap<>(Map.of("okx", List.of("BTC-USDT"), "kraken", List.of("BTC-USD"))),
          List.of(Timeframe.M1));

  @Test
  void eachStateIsToldOnceAlsoAcrossTheLossOfATaskManager(@TempDir Path secrets) throws Exception {
    SplittableRandom random = new SplittableRandom(Long.getLong("candles.seed", 1));
    try (AlertReceiver receiver = new AlertReceiver();
        ClusterDrill drill =
            ClusterDrill.open(
                "cluster-health",
                SCOPE,
                Duration.ofMinutes(10),
                "health: {log_every: 1s}\n" + receiver.config(secrets),
                START_MS,
                SPEED)) {
      Said started =
          drill.candles(
              "cluster", "start", "--taskmanagers=2", "-Drest.port=0", "-Djobmanager.rpc.port=0");
      assertThat(started.code()).isZero();
      assertThat(drill.ofLake("submit", "run").code()).isZero();
      drill.awaitAccounted(START_MS);

      drill
          .simulator
          .faults()
          .add(Fault.at(FaultKind.CUT, "okx", drill.simulator.now()).lasting(FOR_EVER));
      told(drill, "DEGRADED");
      long killMs = drill.simulator.now() + random.nextLong(30_000);
      ClusterDrill.await("the moment of the kill", () -> drill.simulator.now() >= killMs);
      assertThat(receiver.json).as("it is on its way down").hasSize(1);
      drill.killTaskManager("taskmanager-" + random.nextInt(1, 3), started.after("Web UI: "));
      told(drill, "DOWN");
      drill.simulator.faults().until("okx", drill.simulator.now());
      told(drill, "HEALTHY");

      drill.equalsTruth(Timeframe.M1.ceil(drill.simulator.now()));
      List<String> alerts = HealthAlerts.of("okx", "connection_error");
      assertThat(receiver.json).as("JSON").isEqualTo(alerts);
      assertThat(receiver.slack).as("Slack").isEqualTo(alerts);
      assertThat(drill.logged("ALERT [").stream().map(ClusterHealthIT::afterItsTime))
          .as("log")
          .containsExactlyInAnyOrder(
              "WARNING: " + alerts.get(0), "CRITICAL: " + alerts.get(1), "INFO: " + alerts.get(2));
      assertThat(drill.logged("HEALTH CHECK").stream().map(ClusterHealthIT::afterItsTime))
          .isNotEmpty()
          .allMatch(line -> line.matches("INFO: HEALTH CHECK \\| Overall: [A-Z]+"));
      assertThat(drill.logged("event=state_transition ")).hasSize(3);
    }
  }

  private static String afterItsTime(String line) {
    return line.replaceFirst("^[0-9T:.-]+Z ", "");
  }

  private static void told(ClusterDrill drill, String state) throws Exception {
    ClusterDrill.await(
        "okx told to be " + state, () -> HealthAlerts.areTold(drill.lake, "okx", state));
    System.out.println(Instant.ofEpochMilli(drill.simulator.now()) + " told: okx is " + state);
  }
}
