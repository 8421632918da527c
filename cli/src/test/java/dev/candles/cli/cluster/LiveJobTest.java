package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.watch.DiskStanding;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveJobTest {
  private static LiveJob at(String address) {
    return new LiveJob(
        "1a", "RUNNING", 1, address, LiveJob.Checkpoints.UNKNOWN, List.of(), DiskStanding.UNKNOWN);
  }

  @Test
  void theCollectorOfOneJvmIsKnownByThePortOfItsWebUi() {
    assertThat(at("http://127.0.0.1:8081").isEmbedded(8081)).isTrue();
    assertThat(at("http://127.0.0.1:18081").isEmbedded(8081)).isFalse();
    assertThat(at("http://jobmanager:8081").isEmbedded(8081)).isFalse();
  }
}
