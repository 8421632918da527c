package dev.candles.sources.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.time.MarketClock;
import dev.candles.sources.source.split.ConnectionSplit;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VenueTimeTest {
  private static final long T0 = 1_767_225_600_000L;
  private static final long HOUR = 3_600_000;

  private final AtomicLong realMs = new AtomicLong(T0);
  private final AtomicLong steadyMs = new AtomicLong(17);

  private VenueTime time(MarketClock clock) {
    return new VenueTime(clock, realMs::get, steadyMs::get);
  }

  @Test
  void itGoesOnSteadilyWhateverBecomesOfOurClock() {
    VenueTime time = time(MarketClock.real());
    assertThat(time.nowMs()).isEqualTo(ConnectionSplit.UNKNOWN);
    assertThat(time.answered(T0 + 600_000)).isEmpty();
    realMs.addAndGet(-HOUR);
    steadyMs.addAndGet(5_000);
    assertThat(time.nowMs()).isEqualTo(T0 + 605_000);
    time.answered(-1);
    assertThat(time.nowMs()).isEqualTo(T0 + 605_000);
  }

  @Test
  void itGoesOnInMarketTime() {
    VenueTime time = time(new MarketClock(T0, T0, 60));
    time.answered(T0 + 1_000);
    steadyMs.addAndGet(1_000);
    assertThat(time.nowMs()).isEqualTo(T0 + 61_000);
  }

  @Test
  void moreThanAnHourIsToldAndNotBelieved() {
    VenueTime time = time(MarketClock.real());
    assertThat(time.answered(T0 - 2 * HOUR)).isEqualTo(OptionalLong.of(-2 * HOUR));
    assertThat(time.nowMs()).isEqualTo(ConnectionSplit.UNKNOWN);
    assertThat(time(new MarketClock(T0, 0, 1)).answered(T0)).as("simulated").isEmpty();
  }
}
