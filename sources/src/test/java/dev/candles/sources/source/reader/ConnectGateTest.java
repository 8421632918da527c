package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectGateTest {
  private static final long INTERVAL_MS = 5_000;
  private static final long TICK_MS = 1_000;
  private static final long TEN_MINUTES_MS = 600_000;

  /** Steady clocks start anywhere. */
  private static final long APART_MS = 1_234_567;

  private static List<ConnectGate> gates(int readers) {
    List<ConnectGate> gates = new ArrayList<>();
    for (int place = 0; place < readers; place++) {
      ConnectGate gate = new ConnectGate(INTERVAL_MS, TICK_MS);
      gate.share(place, readers);
      gates.add(gate);
    }
    return gates;
  }

  /** Kraken bans an address for ten minutes after 150 attempts in ten minutes. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 0", "8, 0", "2, 60000", "3, 60000", "8, 60000", "8, 3000000"})
  void readersThatConnectWheneverTheyMayKeepTheVenuesPaceTogether(int readers, long idleMs) {
    List<ConnectGate> gates = gates(readers);
    long lastMs = -INTERVAL_MS;
    int attempts = 0;
    for (long nowMs = idleMs; nowMs < idleMs + TEN_MINUTES_MS; nowMs += 100) {
      for (int place = 0; place < readers; place++) {
        if (gates.get(place).tryPass(nowMs - place * APART_MS, nowMs)) {
          assertThat(nowMs - lastMs).isGreaterThanOrEqualTo(INTERVAL_MS);
          lastMs = nowMs;
          attempts++;
        }
      }
    }
    assertThat(attempts).isEqualTo(120);
  }

  @ParameterizedTest
  @CsvSource({"61000, 0", "66000, 1"})
  void ofThoseThatTookNoTurnOnlyTheOneWhoseSlotItIsPassesLater(long laterMs, int owner) {
    List<ConnectGate> gates = gates(2);
    long askedMs = 100;
    gates.forEach(gate -> assertThat(gate.tryPass(askedMs, askedMs)).isFalse());
    for (int place = 0; place < gates.size(); place++) {
      assertThat(gates.get(place).tryPass(laterMs, laterMs)).isEqualTo(place == owner);
    }
  }

  /** A reader is not asked for anything while what it has read is not taken. */
  @ParameterizedTest
  @CsvSource({"2, 3000", "3, 4000", "8, 9000"})
  void aReaderThatLooksLaterThanEachTurnPassesInItsSlot(int readers, long everyMs) {
    long intervalMs = 1_000;
    ConnectGate gate = new ConnectGate(intervalMs, TICK_MS);
    gate.share(1, readers);
    int attempts = 0;
    for (long nowMs = 100; nowMs < TEN_MINUTES_MS; nowMs += everyMs) {
      if (gate.tryPass(nowMs - APART_MS, nowMs)) {
        assertThat(nowMs % (readers * intervalMs)).isBetween(intervalMs, 2 * intervalMs);
        attempts++;
      }
    }
    assertThat(attempts).isPositive();
  }

  /** Ticks of ten minutes' market time, as at high speed, miss most turns by more than one. */
  @Test
  void aReaderThatLooksSeldomFindsItsTurnAllTheSame() {
    ConnectGate gate = new ConnectGate(INTERVAL_MS, 10 * TEN_MINUTES_MS);
    gate.share(1, 2);
    int attempts = 0;
    for (int tick = 0; tick < 20; tick++) {
      attempts += gate.tryPass(tick * TEN_MINUTES_MS, tick * TEN_MINUTES_MS) ? 1 : 0;
    }
    assertThat(attempts).isGreaterThanOrEqualTo(9);
  }

  @Test
  void aReaderAloneWaitsForNobody() {
    ConnectGate gate = new ConnectGate(INTERVAL_MS, TICK_MS);
    assertThat(gate.tryPass(-7, 1_000)).isTrue();
    assertThat(gate.tryPass(INTERVAL_MS - 8, 1_000 + INTERVAL_MS - 1)).isFalse();
    assertThat(gate.tryPass(INTERVAL_MS - 7, 1_000 + INTERVAL_MS)).isTrue();
  }

  @Test
  void withoutAnIntervalReadersWaitForNobodyEither() {
    ConnectGate gate = new ConnectGate(0, TICK_MS);
    gate.share(1, 3);
    assertThat(gate.tryPass(7, 7)).isTrue();
    assertThat(gate.tryPass(7, 7)).isTrue();
  }
}
