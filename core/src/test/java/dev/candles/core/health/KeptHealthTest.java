package dev.candles.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptHealthTest {
  private static final KeptHealth KEPT =
      new KeptHealth(
          1_000,
          new VenueHealth.Snapshot(
              HealthState.DOWN,
              2_000,
              5,
              List.of(new VenueHealth.Failure(1_500, FailureReason.TIMEOUT))),
          List.of(
              new Transition(
                  4,
                  HealthState.HEALTHY,
                  HealthState.DEGRADED,
                  3,
                  FailureReason.CONNECTION_ERROR,
                  false,
                  8),
              new Transition(5, HealthState.DOWN, HealthState.HEALTHY, 0, null, true, 9)));

  /** The bytes of version 1: they are in savepoints. */
  private static final String VERSION_1 =
      "0100000000000003e80004444f574e00000000000007d0000000000000000500000001000000"
          + "00000005dc000754494d454f555400000002000000000000000400074845414c544859000844"
          + "45475241444544000000030010434f4e4e454354494f4e5f4552524f52000000000000000008"
          + "00000000000000050004444f574e00074845414c544859000000000000010000000000000009"
          + "00000000a191b930";

  @Test
  void theBytesOfTheFirstVersionAreReadForEver() {
    assertThat(KeptHealth.of(HexFormat.of().parseHex(VERSION_1))).isEqualTo(KEPT);
    assertThat(HexFormat.of().formatHex(KEPT.bytes())).isEqualTo(VERSION_1);
  }

  @Test
  void everyFlippedBitAndEveryCutIsRefusedWithTheWayOut() {
    byte[] bytes = KEPT.bytes();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refused(flipped);
    }
    for (int length = 0; length < bytes.length; length++) {
      refused(Arrays.copyOf(bytes, length));
    }
    refused(Arrays.copyOf(bytes, bytes.length + 1));
  }

  private static void refused(byte[] bytes) {
    assertThatThrownBy(() -> KeptHealth.of(bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the health of a venue in this checkpoint cannot be read: ")
        .hasMessageStartingWith("the health of a venue in this checkpoint cannot be read: ");
  }

  @Test
  void aVersionOfLaterIsNamed() {
    byte[] later = KEPT.bytes();
    later[0] = 2;
    assertThatThrownBy(() -> KeptHealth.of(later)).hasMessageContaining("version=2, expected 1");
  }

  @Test
  void theNewestOfTooManyUntoldChangesAreKept() {
    List<Transition> many = new ArrayList<>();
    for (int n = 1; n <= 3 * KeptHealth.MOST_UNTOLD; n++) {
      many.add(new Transition(n, HealthState.HEALTHY, HealthState.DEGRADED, 3, null, false, n));
    }
    KeptHealth kept = new KeptHealth(1, VenueHealth.Snapshot.fresh(1), many);

    assertThat(KeptHealth.of(kept.bytes()).untold())
        .hasSize(KeptHealth.MOST_UNTOLD)
        .last()
        .isEqualTo(many.get(many.size() - 1));
  }
}
