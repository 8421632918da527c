package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.Candles;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeCandlesTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;

  @Test
  void eachLargerIntervalThatHoldsALostMinuteIsAskedForOncePerDay() {
    Intervals lost =
        Intervals.of(T0 + 3 * MINUTE, T0 + 7 * MINUTE)
            .union(Intervals.of(T0 + 1_439 * MINUTE, T0 + 1_441 * MINUTE));
    List<GapState> gaps =
        NativeCandles.around(Candles.STREAM, lost, List.of(Timeframe.M5, Timeframe.H1));
    assertThat(gaps)
        .extracting(gap -> gap.stream().timeframe(), GapState::dayMs, GapState::open)
        .containsExactly(
            tuple(
                Timeframe.M5,
                T0,
                Intervals.of(T0, T0 + 10 * MINUTE)
                    .union(Intervals.of(T0 + 1_435 * MINUTE, T0 + 1_440 * MINUTE))),
            tuple(
                Timeframe.M5,
                T0 + 1_440 * MINUTE,
                Intervals.of(T0 + 1_440 * MINUTE, T0 + 1_445 * MINUTE)),
            tuple(
                Timeframe.H1,
                T0,
                Intervals.of(T0, T0 + 60 * MINUTE)
                    .union(Intervals.of(T0 + 1_380 * MINUTE, T0 + 1_440 * MINUTE))),
            tuple(
                Timeframe.H1,
                T0 + 1_440 * MINUTE,
                Intervals.of(T0 + 1_440 * MINUTE, T0 + 1_500 * MINUTE)));
  }

  @Test
  void whereNothingIsLostOrTheVenueHasNoLargerOnesNothingIsAskedFor() {
    Intervals lost = Intervals.of(T0, T0 + MINUTE);
    assertThat(NativeCandles.around(Candles.STREAM, lost, List.of())).isEmpty();
    assertThat(NativeCandles.around(Candles.STREAM, Intervals.empty(), List.of(Timeframe.M5)))
        .isEmpty();
  }
}
