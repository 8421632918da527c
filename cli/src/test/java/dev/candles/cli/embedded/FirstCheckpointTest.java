package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.demo.SimulatedConfig;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigParser;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.StateFiles;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sources.venue.Venues;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The list of checkpoints in Flink's web UI, of a collector that starts as it should. */
@Timeout(600)
class FirstCheckpointTest {
  @TempDir private Path folder;

  @Test
  void aStartThatIsWellShowsNoFailedCheckpoint() throws Exception {
    SimulatorConfig venues =
        SimulatorConfig.defaults()
            .withVenues(List.of("okx"))
            .withSymbols("okx", List.of("BTC-USDT"));
    try (Simulator simulator = Simulator.start(venues);
        FlinkJob job = start(config(simulator))) {
      StateFiles state = new StateFiles(new LakeLayout(folder.resolve("none")));
      JobWatch watch = new JobWatch(job, new CompletableFuture<>());
      assertThat(watch.firstCheckpoint(new RestorePoints(state, null))).isTrue();
      Map<?, ?> counts = counts(job);
      assertThat(counts.get("failed")).as("%s", counts).isEqualTo(0);
      assertThat(counts.get("completed")).as("%s", counts).isEqualTo(1);
    }
  }

  /** Flink begins to count at the first task that runs, and the last one may take its time. */
  @Test
  void noCheckpointComesDueByItselfWhileTasksStart() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      Configuration flink = FlinkSettings.of(config(simulator), Optional.empty(), folder);
      assertThat(flink.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS)).hasMinutes(30);
    }
  }

  /** So long an interval that no other checkpoint comes due, however slow the machine is. */
  private CollectorConfig config(Simulator simulator) throws Exception {
    Path file = folder.resolve("sim.yaml");
    SimulatedConfig.write(file, simulator, 1, "");
    String text = Files.readString(file);
    Files.writeString(
        file, text.replaceFirst("checkpoint_interval: \\S+", "checkpoint_interval: 1h"));
    CollectorConfig config =
        new ConfigParser(Venues.profiles(), System::currentTimeMillis).load(file);
    assertThat(config.checkpoints().interval()).hasHours(1);
    return config;
  }

  private static FlinkJob start(CollectorConfig config) throws Exception {
    LakeLayout layout = new LakeLayout(config.lake().path());
    Path temporary = Files.createDirectories(layout.state().resolve("tmp-of-test"));
    return FlinkJob.start(
        config, FlinkSettings.of(config, Optional.empty(), temporary), new StateFiles(layout));
  }

  private static Map<?, ?> counts(FlinkJob job) throws Exception {
    URI list = job.ui().resolve("/jobs/" + job.id() + "/checkpoints");
    String said =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    Map<?, ?> all = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(said);
    return (Map<?, ?>) all.get("counts");
  }
}
