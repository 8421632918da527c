package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.job.config.ConfigException;
import dev.candles.job.config.ConfigParser;
import dev.candles.sources.venue.Venues;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends before Flink is asked; the rest is shown on a cluster. */
class CollectorMainTest {
  @TempDir private Path folder;

  @Test
  void argumentsThatAreOthersAreNamed() {
    assertThatThrownBy(() -> CollectorMain.main(new String[] {"--file", "x"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected --config FILE [--copy-of FILE], found '--file x'");
  }

  @Test
  void checkpointsGoWhereTheConfigurationSays() throws Exception {
    String lake = "venues: [okx]\nsymbols: [BTC-USDT]\ndata_dir: /srv/lake\n";
    Path file = Files.writeString(folder.resolve("c.yaml"), lake);
    Configuration flink = JobSettings.of(CollectorMain.configuration(file, warning -> {}));
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo("file:/srv/lake/.state/checkpoints");

    Files.writeString(file, lake + "checkpoint_dir: s3://bucket/candles\n");
    flink = JobSettings.of(CollectorMain.configuration(file, warning -> {}));
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo("s3://bucket/candles/checkpoints");
    assertThat(flink.get(CheckpointingOptions.SAVEPOINT_DIRECTORY))
        .isEqualTo("s3://bucket/candles/savepoints");
  }

  @Test
  void aWrongConfigurationIsThrownAndEndsNoJvm() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"), "venues: [okx]\nsymbols: [BTC-USDT]\ndata_dir: lake\n");

    assertThatThrownBy(() -> CollectorMain.main(new String[] {"--config", file.toString()}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 3: data_dir: found 'lake'");
    String[] ofACopy = {"--config", file.toString(), "--copy-of", "/etc/candles/collector.yaml"};
    assertThatThrownBy(() -> CollectorMain.main(ofACopy))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("configuration /etc/candles/collector.yaml: ");
    ofACopy[2] = "--name";
    assertThatThrownBy(() -> CollectorMain.main(ofACopy))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The secret is beside the file, and not beside the copy that a JobManager reads. */
  @Test
  void pathsOfACopyStartWhereTheFileWas() throws Exception {
    Path copy =
        Files.writeString(
            folder.resolve("copy.yaml"),
            "venues: [okx]\nsymbols: [BTC-USDT]\ndata_dir: /srv/lake\n"
                + "alerts: {webhooks: [{name: ops, url_file: secrets/ops}]}\n");
    ConfigParser parser = new ConfigParser(Venues.profiles(), System::currentTimeMillis);
    assertThat(parser.load(copy, Path.of("/etc/candles/collector.yaml")).alerts().toString())
        .contains("/etc/candles/secrets/ops");
  }
}
