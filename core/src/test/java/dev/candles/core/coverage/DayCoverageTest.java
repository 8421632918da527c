package dev.candles.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.Candles;
import dev.candles.core.candle.Timeframe;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DayCoverageTest {
  private static final IntervalState[] STATES = {
    null, IntervalState.FINAL, IntervalState.VERIFIED_EMPTY, IntervalState.UNRECOVERABLE
  };

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void remembersEachIntervalOnItsOwn(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Timeframe timeframe = Timeframe.values()[random.nextInt(Timeframe.values().length)];
    Map<Long, IntervalState> model = new HashMap<>();
    DayCoverage day = DayCoverage.of(timeframe, Candles.T0, null);
    for (int i = 0; i < 300; i++) {
      long open = Candles.T0 + random.nextInt(timeframe.perDay()) * timeframe.millis();
      IntervalState state = STATES[random.nextInt(STATES.length)];
      day.set(open, state);
      model.put(open, state);
      day = DayCoverage.of(timeframe, open, day.words());
    }
    for (int i = 0; i < timeframe.perDay(); i++) {
      long open = Candles.T0 + i * timeframe.millis();
      assertThat(day.state(open)).isEqualTo(model.get(open));
    }
  }

  @Test
  void takesRangesThatReachBeyondTheDay() {
    DayCoverage day = DayCoverage.of(Timeframe.H1, Candles.T0, null);
    day.set(Intervals.of(Candles.T0 - 7_200_000, Candles.T0 + 7_200_000), IntervalState.FINAL);
    assertThat(day.firstUnknown(Candles.T0)).isEqualTo(Candles.T0 + 7_200_000);
    assertThat(day.isBlank()).isFalse();
  }

  @Test
  void refusesAnIntervalOfAnotherDay() {
    DayCoverage day = DayCoverage.of(Timeframe.M1, Candles.T0, null);
    assertThatThrownBy(() -> day.state(Candles.T0 - 60_000))
        .hasMessageStartingWith("no interval of this day");
  }

  @Test
  void keepsOnlyLastingStates() {
    DayCoverage day = DayCoverage.of(Timeframe.M1, Candles.T0, null);
    assertThatThrownBy(() -> day.set(Candles.T0, IntervalState.MISSING))
        .hasMessage("not kept as a state: MISSING");
  }

  /** Words of this kind are in savepoints. */
  @Test
  void theWordsOfSavepointsAreReadAndWrittenForEver() {
    DayCoverage hours = DayCoverage.of(Timeframe.H1, Candles.T0, new long[] {0xe4e4_e4e4_e4e4L});
    DayCoverage again = DayCoverage.of(Timeframe.H1, Candles.T0, null);
    for (int hour = 0; hour < 24; hour++) {
      long open = Candles.T0 + hour * Timeframe.H1.millis();
      assertThat(hours.state(open)).as("hour %d", hour).isEqualTo(STATES[hour % 4]);
      again.set(open, STATES[hour % 4]);
    }
    assertThat(again.words()).containsExactly(0xe4e4_e4e4_e4e4L);

    DayCoverage minutes = DayCoverage.of(Timeframe.M1, Candles.T0, null);
    minutes.set(Candles.T0 + 31 * 60_000, IntervalState.UNRECOVERABLE);
    minutes.set(Candles.T0 + 32 * 60_000, IntervalState.FINAL);
    assertThat(minutes.words()).hasSize(45).startsWith(0xc000_0000_0000_0000L, 1L);
  }
}
