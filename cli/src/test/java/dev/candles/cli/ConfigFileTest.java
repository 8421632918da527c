package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.demo.SimulatedVenues;
import dev.candles.job.config.CollectorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configurations of a folder tell a person who named none. */
class ConfigFileTest {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aConfigurationOfAnotherNameIsNamed() throws IOException {
    assertThat(ConfigFile.others(folder)).isEmpty();
    write("away.yaml", "faults: []\n");
    assertThat(ConfigFile.others(folder)).as("no configuration").isEmpty();
    write("my sim.yaml", "venues: [okx]\nsymbols: [BTC-USDT]\n");
    assertThat(ConfigFile.others(folder)).endsWith("my sim.yaml'");
    write("config.yaml", "");
    assertThat(ConfigFile.others(folder)).as("there is the usual one").isEmpty();
  }

  @Test
  void simulatedVenuesAreGoneOnceNobodyServesThem() throws IOException {
    CollectorConfig simulated;
    try (ServerSocket venue =
        new ServerSocket(FreePort.any(), 1, InetAddress.getLoopbackAddress())) {
      String at = "127.0.0.1:" + venue.getLocalPort();
      Path file =
          write(
              "sim.yaml",
              "venues: [{name: okx, symbols: [BTC-USDT], ws_url: 'ws://"
                  + at
                  + "', rest_url: 'http://"
                  + at
                  + "'}]\n");
      simulated = ConfigFile.readable(file).orElseThrow();
      assertThat(SimulatedVenues.areGone(simulated)).isFalse();
    }
    assertThat(SimulatedVenues.areGone(simulated)).isTrue();
    Path real = write("real.yaml", "venues: [okx]\nsymbols: [BTC-USDT]\n");
    assertThat(SimulatedVenues.areGone(ConfigFile.readable(real).orElseThrow())).isFalse();
  }
}
