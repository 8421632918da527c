package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Three venues fall ill and recover, each for itself, and the collector is killed while they are on
 * their way down. Another moment of the kills: {@code -Dcandles.seed}.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class HealthDrillTest {
  private static final long START_MS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  /** Slow enough that an hour of the market, for which a failure counts, outlasts two starts. */
  private static final double SPEED = 3;

  private static final long SEED = Long.getLong("candles.seed", 1);
  private static final Duration FOR_EVER = Duration.ofDays(99);
  private static final Pattern CHECK = Pattern.compile("INFO: (HEALTH CHECK|- \\w+: \\w+) \\| .*");
  private static final Scope SCOPE = Drill.bitcoin(Timeframe.M1);

  @Test
  void eachVenueTellsOnceOfEachOfItsStatesAlsoAcrossKills(@TempDir Path secrets) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    try (AlertReceiver receiver = new AlertReceiver()) {
      String settings = "health: {log_every: 1s}\n" + receiver.config(secrets);
      Drill.Plan plan = new Drill.Plan(SCOPE, Duration.ofMinutes(10), settings);
      SimulatorConfig venues = SimulatorConfig.defaults().withSeed(SEED).withTradesPerMinute(20);
      try (Drill drill = Drill.open("health", plan, START_MS, SPEED, venues)) {
        drill.start();
        check(drill, "HEALTHY", "HEALTHY | WS: ✓", "HEALTHY | WS: ✓", "HEALTHY | WS: ✓");

        silence(drill, "coinbase");
        told(drill, "coinbase", "DEGRADED");
        killAndStart(drill, random.nextLong(60));
        told(drill, "coinbase", "DOWN");
        check(drill, "DOWN", "DOWN | WS: ✗", "HEALTHY | WS: ✓", "HEALTHY | WS: ✓");
        assertThat(receiver.json).allMatch(alert -> alert.contains("] coinbase: "));
        recover(drill, "coinbase");

        Fault whole = away("okx", drill).withRest(); // it has no catalogue at the next start
        drill.simulator.faults().add(whole);
        drill.simulator.faults().add(away("kraken", drill));
        told(drill, "okx", "DEGRADED");
        told(drill, "kraken", "DEGRADED");
        killAndStart(drill, random.nextLong(20));
        told(drill, "okx", "DOWN");
        told(drill, "kraken", "DOWN");
        check(drill, "DOWN", "HEALTHY | WS: ✓", "DOWN | WS: ✗", "DOWN | WS: ✗");
        recover(drill, "kraken");
        check(drill, "DOWN", "HEALTHY | WS: ✓", "HEALTHY | WS: ✓", "DOWN | WS: ✗");
        recover(drill, "okx");
        check(drill, "HEALTHY", "HEALTHY | WS: ✓", "HEALTHY | WS: ✓", "HEALTHY | WS: ✓");

        drill.equalsTruth();
        each(drill, receiver);
      }
    }
  }

  /** Its connection is cut once, and whoever subscribes again is told yes and sent nothing. */
  private static void silence(Drill drill, String venue) {
    long nowMs = drill.simulator.now();
    drill
        .simulator
        .faults()
        .add(Fault.chance(FaultKind.ACK_THEN_SILENCE, venue, 1).lasting(FOR_EVER));
    drill.simulator.faults().add(Fault.at(FaultKind.CUT, venue, nowMs));
  }

  /** Its feed is away from now on. */
  private static Fault away(String venue, Drill drill) {
    return Fault.at(FaultKind.CUT, venue, drill.simulator.now()).lasting(FOR_EVER);
  }

  private static void recover(Drill drill, String venue) throws Exception {
    drill.simulator.faults().until(venue, drill.simulator.now());
    told(drill, venue, "HEALTHY");
  }

  private static void told(Drill drill, String venue, String state) throws Exception {
    drill.await(
        venue + " told to be " + state, () -> HealthAlerts.areTold(drill.lake, venue, state));
    drill.say("told: %s is %s", venue, state);
  }

  /** Waits until the last health check in the log is this one, of the venues in their order. */
  private static void check(Drill drill, String overall, String... standings) throws Exception {
    List<String> wanted = new ArrayList<>(List.of("HEALTH CHECK | Overall: " + overall));
    for (String venue : SCOPE.venues()) {
      wanted.add("- " + venue + ": " + standings[wanted.size() - 1] + " | Recv: ");
    }
    drill.await(String.join(", ", wanted), () -> isLast(drill.collector(), wanted));
  }

  private static boolean isLast(CollectorProcess collector, List<String> wanted)
      throws IOException {
    List<String> lines =
        collector.lines(" | ").stream().filter(line -> CHECK.matcher(line).matches()).toList();
    int from = lines.size() / wanted.size() * wanted.size() - wanted.size();
    for (int n = 0; n < wanted.size(); n++) {
      if (from < 0 || !lines.get(from + n).startsWith("INFO: " + wanted.get(n))) {
        return false;
      }
    }
    return true;
  }

  private static void killAndStart(Drill drill, long seconds) throws Exception {
    drill.awaitMarket(drill.simulator.now() + 1_000 * seconds);
    drill.kill();
    drill.start();
  }

  private static void each(Drill drill, AlertReceiver receiver) throws IOException {
    List<String> logged = drill.printed("ALERT [");
    for (String venue : SCOPE.venues()) {
      String why = venue.equals("coinbase") ? "stale_subscription" : "connection_error";
      List<String> alerts = HealthAlerts.of(venue, why);
      assertThat(of(venue, receiver.json)).as("JSON").isEqualTo(alerts);
      assertThat(of(venue, receiver.slack)).as("Slack").isEqualTo(alerts);
      assertThat(of(venue, logged))
          .as("log")
          .containsExactly(
              "WARNING: " + alerts.get(0), "CRITICAL: " + alerts.get(1), "INFO: " + alerts.get(2));
    }
    assertThat(receiver.json).hasSize(9);
    assertThat(receiver.slack).hasSize(9);
    assertThat(logged).hasSize(9);
    assertThat(drill.printed("event=state_transition ")).hasSize(9);
  }

  private static List<String> of(String venue, List<String> alerts) {
    return alerts.stream().filter(alert -> alert.contains("] " + venue + ": ")).toList();
  }
}
