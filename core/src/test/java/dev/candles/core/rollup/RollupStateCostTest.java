package dev.candles.core.rollup;

import static dev.candles.core.rollup.RollupHarness.MINUTE;
import static dev.candles.core.rollup.RollupHarness.T0;
import static dev.candles.core.rollup.RollupHarness.announced;
import static dev.candles.core.rollup.RollupHarness.base;
import static dev.candles.core.rollup.RollupHarness.candle;
import static dev.candles.core.rollup.RollupHarness.empty;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.feed.RollupEvent;
import org.junit.jupiter.api.Test;

/** How often a minute touches state and timers: each time costs more than all that is decided. */
class RollupStateCostTest {
  private static final long SETTLED_AT = T0 + 5 * MINUTE + RollupFolds.SETTLED_MS;

  private final RollupHarness rollup = new RollupHarness();

  private String costOf(RollupEvent event) {
    rollup.cost();
    rollup.take(event);
    return rollup.cost();
  }

  @Test
  void aPartReadsWhatIsKnownOnceAndOnlyTheFirstSetsATimer() {
    rollup.take(announced());
    assertThat(costOf(base(candle(0, 1, 0)))).isEqualTo("reads=1 writes=2 timers=1");
    assertThat(costOf(base(candle(1, 1, 0)))).isEqualTo("reads=1 writes=2 timers=0");
    assertThat(costOf(empty(2, 3))).as("of silence").isEqualTo("reads=1 writes=1 timers=0");
    assertThat(costOf(base(candle(3, 1, 0)))).isEqualTo("reads=1 writes=2 timers=0");
    assertThat(costOf(base(candle(4, 1, 0))))
        .as("all five are folded, and forgotten by another timer")
        .isEqualTo("reads=6 writes=2 timers=1");
    assertThat(rollup.told.events).hasSize(1);
    assertThat(costOf(base(candle(5, 1, 0)))).isEqualTo("reads=1 writes=2 timers=1");
  }

  @Test
  void aTimerThatHasComeIsSetOnceMore() {
    rollup.take(announced());
    rollup.take(base(candle(0, 1, 0)));
    rollup.advanceTo(SETTLED_AT);
    rollup.advanceTo(T0); // our clock was ahead
    assertThat(costOf(base(candle(1, 1, 0)))).isEqualTo("reads=1 writes=2 timers=1");
    assertThat(costOf(base(candle(3, 1, 0)))).isEqualTo("reads=1 writes=2 timers=0");
  }

  @Test
  void whatIsKeptOverARestartHasItsTimerAgain() {
    rollup.take(announced());
    rollup.take(base(candle(0, 1, 0)));
    rollup.take(base(candle(5, 1, 0)));
    rollup.restart();
    rollup.cost();
    rollup.take(announced());
    assertThat(rollup.cost()).endsWith("timers=2");
  }
}
