package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.health.HealthRules;
import dev.candles.job.alert.LogLines;
import dev.candles.job.alert.WebhookReceiver;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.HealthConfig;
import dev.candles.job.operator.HealthCheckSink;
import dev.candles.sim.Simulator;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The health check in the log of the real job, with a venue that lives and one that is cut. */
@Isolated("jobs of other tests log the same")
class HealthCheckJobTest {
  private static final List<String> VENUES = List.of("coinbase", "okx");

  /** From {@code 1} on: something was received, and written. */
  private static final Pattern LIVES =
      Pattern.compile(
          "INFO: - coinbase: HEALTHY \\| WS: ✓ \\| Recv: [1-9]\\d* \\| Written: [1-9]\\d*");

  private static final Pattern CUT =
      Pattern.compile("INFO: - okx: (DEGRADED|DOWN) \\| WS: ✗ \\| Recv: \\d+ \\| Written: \\d+");

  @TempDir private Path lake;

  @Test
  void eachBlockTellsOnceOfEachVenueAndOfTheWorst() throws Exception {
    try (LogLines log = new LogLines(HealthCheckSink.class.getName(), " | ");
        Simulator simulator =
            Simulator.start(JobDrill.venues(VENUES, JobDrill.START_MS).withFaults(List.of(cut())));
        TestCollector collector = new TestCollector(config(simulator))) {
      collector.start();
      WebhookReceiver.await(
          "both venues told of", () -> any(log.lines, LIVES) && any(log.lines, CUT));
      collector.stop();

      assertThat(log.lines).first().asString().startsWith("INFO: HEALTH CHECK | Overall: ");
      assertThat(log.lines.size() % 3).as("whole blocks in %s", log.lines).isZero();
      for (int n = 0; n < log.lines.size(); n += 3) {
        String overall = log.lines.get(n).replace("INFO: HEALTH CHECK | Overall: ", "");
        assertThat(log.lines.get(n + 1)).startsWith("INFO: - coinbase: ");
        assertThat(log.lines.get(n + 2)).startsWith("INFO: - okx: ");
        assertThat(log.lines.get(n + 1) + log.lines.get(n + 2)).contains(": " + overall + " | WS");
      }
    }
  }

  private static boolean any(List<String> lines, Pattern wanted) {
    return lines.stream().anyMatch(line -> wanted.matcher(line).matches());
  }

  private static Fault cut() {
    return Fault.at(FaultKind.CUT, "okx", JobDrill.START_MS).lasting(Duration.ofDays(1));
  }

  private CollectorConfig config(Simulator simulator) {
    CollectorConfig usual =
        JobDrill.bitcoin(VENUES, lake, Instant.ofEpochMilli(JobDrill.START_MS), simulator);
    return new CollectorConfig(
        usual.markets(),
        usual.lake(),
        usual.history(),
        usual.checkpoints(),
        usual.compaction(),
        usual.disk(),
        usual.quality(),
        usual.webUi(),
        usual.logging(),
        new HealthConfig(HealthRules.RUNBOOK, Duration.ofSeconds(1)),
        usual.alerts(),
        usual.clock());
  }
}
