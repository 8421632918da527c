package dev.candles.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarketClockTest {
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void aTimerAtTheRealTimeOfAMarketTimeFindsItReachedAndNotBefore(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double speed = random.nextInt(4) == 0 ? 1 : random.nextDouble(0.1, 500);
    MarketClock clock = new MarketClock(1_700_000_000_000L, 1_767_571_200_000L, speed);
    long market = clock.marketMs() + random.nextLong(0, 10_000_000_000L);
    long real = clock.realAt(market);
    assertThat(clock.marketAt(real)).isGreaterThanOrEqualTo(market);
    assertThat(clock.marketAt(real - 1)).isLessThan(market);
  }

  @Test
  void realTimeIsItself() {
    assertThat(MarketClock.real().marketAt(12_345)).isEqualTo(12_345);
    assertThat(MarketClock.real().deadline(30_000)).isEqualTo(30_000);
  }

  @Test
  void aClockThatIsNotRealSaysSo() {
    assertThat(MarketClock.real().told()).isEmpty();
    assertThat(new MarketClock(5, 5, 1).isReal()).isTrue();
    assertThat(new MarketClock(5, 5, 60).told()).hasValue("simulated clock, 60×");
    assertThat(new MarketClock(5, 6, 1).told()).hasValue("simulated clock, 1×");
    assertThat(new MarketClock(5, 5, 0.5).told()).hasValue("simulated clock, 0.5×");
  }

  @Test
  void noDeadlineIsShorterThanARealSecond() {
    assertThat(new MarketClock(0, 0, 60).deadline(6_000)).isEqualTo(60_000);
    assertThat(new MarketClock(0, 0, 60).deadline(600_000)).isEqualTo(600_000);
  }

  @Test
  void timeDoesNotStandStill() {
    assertThatThrownBy(() -> new MarketClock(0, 0, 0))
        .hasMessage("clock speed must be above zero: speed=0.0");
    assertThatThrownBy(() -> new MarketClock(0, 0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
