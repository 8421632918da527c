package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigParser;
import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkSettingsTest {
  @TempDir private Path folder = Path.of("");

  private Map<String, String> with(Map<String, String> cluster) throws Exception {
    CollectorConfig config =
        new ConfigParser(Venues.profiles(), System::currentTimeMillis)
            .parse("c.yaml", "venues: [okx]\nsymbols: [BTC-USDT]\ntimeframes: [1m]\n", folder);
    return FlinkSettings.of(Configuration.fromMap(cluster), config, Optional.empty(), folder)
        .toMap();
  }

  @Test
  void whatAClusterSaysOfTheJobHoldsHereToo() throws Exception {
    assertThat(with(Map.of("jobmanager.scheduler", "adaptive", "metrics.scope.jm", "here")))
        .containsEntry("jobmanager.scheduler", "adaptive")
        .containsEntry("metrics.scope.jm", "here");
  }

  @Test
  void whatAClusterSaysOfItsProcessesDoesNot() throws Exception {
    assertThat(
            with(
                Map.of(
                    "taskmanager.memory.process.size", "1000m",
                    "jobmanager.rpc.address", "flink.example",
                    "rest.bind-port", "8081-8090",
                    "rest.bind-address", "0.0.0.0",
                    "high-availability.type", "zookeeper",
                    "heartbeat.timeout", "15s")))
        .doesNotContainKeys(
            "taskmanager.memory.process.size",
            "jobmanager.rpc.address",
            "high-availability.type",
            "heartbeat.timeout")
        .containsEntry("rest.bind-address", "127.0.0.1")
        .containsEntry("rest.bind-port", "8081");
  }

  @Test
  void reportersOfMetricsAreKeptBesideOurs() throws Exception {
    assertThat(with(Map.of())).containsEntry("metrics.reporters", "live");
    assertThat(with(Map.of("metrics.reporters", "prom")))
        .containsEntry("metrics.reporters", "prom,live");
  }
}
