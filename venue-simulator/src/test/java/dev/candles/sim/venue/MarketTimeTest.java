package dev.candles.sim.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.time.MarketClock;
import org.junit.jupiter.api.Test;

class MarketTimeTest {
  @Test
  void aVenueIsAsPatientAsItIsButFiveRealSecondsAtLeast() {
    assertThat(MarketTime.of(MarketClock.real()).patience(30_000)).isEqualTo(30_000);
    MarketTime fast = MarketTime.of(new MarketClock(0, 0, 20));
    assertThat(fast.patience(5_000)).isEqualTo(100_000);
    assertThat(fast.patience(600_000)).isEqualTo(600_000);
  }
}
