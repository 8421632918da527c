package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LakeLooksTest {
  private static final long FIRST_MS = 30_000;
  private static final long DAY_MS = 86_400_000;

  private final LakeLooks looks = new LakeLooks(FIRST_MS);

  @Test
  void whatIsNeverWholeIsLookedForEverMoreRarelyButForEver() {
    int found = 0;
    long last = 0;
    long longest = 0;
    for (long nowMs = 0; nowMs <= DAY_MS; nowMs += FIRST_MS) {
      if (looks.isDue("okx/BTC-USDT/1h", 0, nowMs)) {
        longest = Math.max(longest, nowMs - last);
        last = nowMs;
        found++;
        looks.inVain("okx/BTC-USDT/1h", 0, nowMs);
      }
    }
    assertThat(longest).isEqualTo(LakeLooks.MOST_PAUSE_MS);
    assertThat(found).isBetween(24, 34);
  }

  @Test
  void eachPlaceHasItsOwnPauseAndAForgottenOneNone() {
    looks.inVain("a", 0, 0);
    assertThat(looks.isDue("a", 0, FIRST_MS - 1)).isFalse();
    assertThat(looks.isDue("a", 0, FIRST_MS)).isTrue();
    assertThat(looks.isDue("a", 60_000, 0)).isTrue();
    assertThat(looks.isDue("b", 0, 0)).isTrue();
    looks.forget("a", 0);
    assertThat(looks.isDue("a", 0, 0)).isTrue();
    assertThat(looks.size()).isZero();
  }

  @Test
  void aClockThatIsSetBackPutsNoLookOff() {
    looks.inVain("a", 0, DAY_MS);
    assertThat(looks.isDue("a", 0, DAY_MS - 1)).isTrue();
    looks.inVain("a", 0, 0);
    assertThat(looks.isDue("a", 0, FIRST_MS)).isFalse();
    assertThat(looks.isDue("a", 0, 2 * FIRST_MS)).isTrue();
  }
}
