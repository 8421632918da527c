package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.Commands;
import dev.candles.cli.demo.SimulatedConfig;
import dev.candles.core.time.MarketClock;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigParser;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.StateFiles;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sources.venue.Venues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code status} of a collector of simulated venues in this JVM, while it runs and afterwards. */
@Timeout(600)
class StatusOfARunTest {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  @TempDir private Path folder;

  @Test
  void tellsOfTheRunWhileItLastsAndOfTheLakeAfterwards() throws Exception {
    MarketClock clock =
        new MarketClock(
            System.currentTimeMillis(), Instant.parse("2026-03-02T11:57:00Z").toEpochMilli(), 60);
    try (Simulator simulator =
        Simulator.start(
            SimulatorConfig.defaults()
                .withVenues(List.of("okx"))
                .withSymbols("okx", List.of("BTC-USDT"))
                .withClock(clock))) {
      Path file = folder.resolve("sim.yaml");
      SimulatedConfig.write(file, simulator, 1, "");
      CollectorConfig config =
          new ConfigParser(Venues.profiles(), System::currentTimeMillis).load(file);
      Map<?, ?> running;
      try (FlinkJob job = start(config)) {
        running = awaitAtWork(file);
        assertThat(((Map<?, ?>) running.get("job")).get("id")).isEqualTo(job.id());
      }
      Commands.Result page = Commands.run("status", "--config", file.toString());
      assertThat(page.code()).isEqualTo(4);
      assertThat(page.out())
          .contains("NOT RUNNING", "OPEN GAPS")
          .containsPattern("(?m)^okx +- +-/- +3 ");
      Map<?, ?> after = json(Commands.run("status", "--json", "--config", file.toString()));
      assertThat(after.get("running")).isEqualTo(false);
      assertThat(after.get("job")).isNull();
      assertThat(venue(after).get("health")).isNull();
      assertThat((Double) venue(after).get("settled_percent")).isPositive();
    }
  }

  private static FlinkJob start(CollectorConfig config) throws Exception {
    LakeLayout layout = new LakeLayout(config.lake().path());
    Path temporary = Files.createDirectories(layout.state().resolve("tmp-of-test"));
    return FlinkJob.start(
        config, FlinkSettings.of(config, Optional.empty(), temporary), new StateFiles(layout));
  }

  /** Until the lake holds candles and the collector tells of a venue that is well and repaired. */
  private static Map<?, ?> awaitAtWork(Path file) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      Commands.Result said = Commands.run("status", "--json", "--config", file.toString());
      if (said.code() == 0) {
        Map<?, ?> status = json(said);
        if (atWork(status)) {
          return status;
        }
      }
      assertThat(System.nanoTime()).as("in time; last: %s", said).isLessThan(deadline);
      LockSupport.parkNanos(500_000_000);
    }
  }

  private static boolean atWork(Map<?, ?> status) {
    Map<?, ?> okx = venue(status);
    return okx.get("newest_ms") != null
        && "HEALTHY".equals(okx.get("health"))
        && Integer.valueOf(1).equals(okx.get("connections"))
        && positive(okx.get("written"))
        && positive(okx.get("repair_requests"))
        && positive(okx.get("settled_percent"))
        && status.get("last_checkpoint_ms") != null;
  }

  private static boolean positive(Object figure) {
    return figure instanceof Number number && number.doubleValue() > 0;
  }

  private static Map<?, ?> venue(Map<?, ?> status) {
    List<?> venues = (List<?>) status.get("venues");
    return venues.isEmpty() ? Map.of() : (Map<?, ?>) venues.get(0);
  }

  private static Map<?, ?> json(Commands.Result said) {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(said.out());
  }
}
