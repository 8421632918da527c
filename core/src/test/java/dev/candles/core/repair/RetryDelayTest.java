package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryDelayTest {
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void growsToItsCapAndStaysThere(long seed) {
    for (int attempt = 1; attempt < 100; attempt++) {
      long delay = RetryDelay.of(attempt, 1_000, 30_000, seed);
      double middle = Math.min(30_000, 1_000 * Math.pow(2, Math.min(attempt - 1, 30)));
      assertThat(delay).isBetween((long) (0.75 * middle), (long) (1.25 * middle) + 1);
    }
  }
}
