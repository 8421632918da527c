package dev.candles.sources.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackoffTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void delaysDoubleUpToTheCapWithinTheUpperHalf(long seed) {
    Backoff backoff = Backoff.ofConnections(seed);
    long full = 1_000;
    for (int attempt = 1; attempt <= 100; attempt++) {
      assertThat(backoff.nextDelayMs()).isBetween(full / 2, full);
      assertThat(backoff.attempts()).isEqualTo(attempt);
      full = Math.min(30_000, full * 2);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aResetStartsAnew(long seed) {
    Backoff backoff = new Backoff(7, Long.MAX_VALUE / 2, seed);
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.nextDelayMs()).isPositive();
    }
    backoff.reset();
    assertThat(backoff.nextDelayMs()).isBetween(3L, 7L);
  }

  @Test
  void twoConnectionsDoNotComeBackInStep() {
    assertThat(Backoff.ofConnections(1).nextDelayMs())
        .isNotEqualTo(Backoff.ofConnections(2).nextDelayMs());
  }

  @Test
  void aDelayThatCannotGrowIsOurOwnMistake() {
    assertThatThrownBy(() -> new Backoff(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first=0");
  }
}
