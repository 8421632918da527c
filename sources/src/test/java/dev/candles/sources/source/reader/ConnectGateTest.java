package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectGateTest {
  private static final long INTERVAL_MS = 5_000;
  private static final long TEN_MINUTES_MS = 600_000;

  /** Kraken bans an address for ten minutes after 150 attempts in ten minutes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void readersThatConnectWheneverTheyMayKeepTheVenuesPaceTogether(int readers) {
    List<ConnectGate> gates = new ArrayList<>();
    for (int place = 0; place < readers; place++) {
      ConnectGate gate = new ConnectGate(INTERVAL_MS);
      gate.share(place, readers, 0);
      gates.add(gate);
    }
    long lastMs = -INTERVAL_MS;
    int attempts = 0;
    for (long nowMs = 0; nowMs < TEN_MINUTES_MS; nowMs += 100) {
      for (ConnectGate gate : gates) {
        if (gate.tryPass(nowMs)) {
          assertThat(nowMs - lastMs).isGreaterThanOrEqualTo(INTERVAL_MS);
          lastMs = nowMs;
          attempts++;
        }
      }
    }
    assertThat(attempts).isEqualTo(120);
  }

  @Test
  void aReaderAloneWaitsForNobody() {
    ConnectGate gate = new ConnectGate(INTERVAL_MS);
    assertThat(gate.tryPass(-7)).isTrue();
    assertThat(gate.tryPass(INTERVAL_MS - 8)).isFalse();
    assertThat(gate.tryPass(INTERVAL_MS - 7)).isTrue();
  }
}
