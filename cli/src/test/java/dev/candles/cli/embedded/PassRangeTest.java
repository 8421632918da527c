package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassRangeTest {
  private static final long NOW = 1_767_916_800_000L;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private final PassRange range = new PassRange();

  @Test
  void everyDayIsLookedAtOnceADayAndTheNewestInBetween() {
    assertThat(range.fromMs(NOW)).isEqualTo(Long.MIN_VALUE);
    range.passed(Long.MIN_VALUE, NOW);
    assertThat(range.fromMs(NOW + HOUR)).isEqualTo(NOW + HOUR - 2 * DAY);
    range.passed(NOW + HOUR - 2 * DAY, NOW + HOUR);
    assertThat(range.fromMs(NOW + DAY - 1)).isEqualTo(NOW + DAY - 1 - 2 * DAY);
    assertThat(range.fromMs(NOW + DAY)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aClockThatWasAheadPutsNothingOff() {
    range.passed(Long.MIN_VALUE, NOW + 300 * DAY);
    assertThat(range.fromMs(NOW)).isEqualTo(Long.MIN_VALUE);
    range.passed(Long.MIN_VALUE, NOW);
    assertThat(range.fromMs(NOW + HOUR)).isEqualTo(NOW + HOUR - 2 * DAY);
    assertThat(range.fromMs(NOW - 1)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aPassOverEveryDayThatFailedIsDueAgainAtTheNextInterval() {
    assertThat(range.fromMs(NOW)).isEqualTo(Long.MIN_VALUE);
    assertThat(range.fromMs(NOW + HOUR)).isEqualTo(Long.MIN_VALUE);
  }
}
