package dev.candles.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LakeTimeTest {
  private static long ms(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  @Test
  void whateverAClockSaidItsHistoryIsHeld() {
    long longest = Duration.ofDays(7_300).toMillis();
    for (long now : new long[] {0, ms("2026-01-09T00:00:00Z"), ms("2200-01-01T00:00:00Z")}) {
      assertThat(LakeTime.holds(now - longest, now)).isTrue();
    }
  }

  @Test
  void timesFarFromAnyMarketAreNot() {
    assertThat(LakeTime.holds(Long.MIN_VALUE, 0)).isFalse();
    assertThat(LakeTime.holds(0, Long.MAX_VALUE)).isFalse();
    assertThat(LakeTime.holds(ms("2026-01-09T00:00:00Z"), ms("9999-12-31T00:00:00Z"))).isFalse();
  }

  @Test
  void aClockThatBeginsIn1970WasNeverSet() {
    assertThat(LakeTime.isOfASetClock(86_400_000L)).isFalse();
    assertThat(LakeTime.isOfASetClock(ms("2009-01-01T00:00:00Z"))).isTrue();
  }
}
