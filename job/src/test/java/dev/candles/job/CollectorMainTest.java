package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.job.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends before Flink is asked; the rest is shown on a cluster. */
class CollectorMainTest {
  @TempDir private Path folder;

  @Test
  void argumentsThatAreOthersAreNamed() {
    assertThatThrownBy(() -> CollectorMain.main(new String[] {"--file", "x"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected --config FILE, found '--file x'");
  }

  @Test
  void aWrongConfigurationIsThrownAndEndsNoJvm() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"), "venues: [okx]\nsymbols: [BTC-USDT]\ndata_dir: lake\n");

    assertThatThrownBy(() -> CollectorMain.main(new String[] {"--config", file.toString()}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 3: data_dir: found 'lake'");
  }
}
