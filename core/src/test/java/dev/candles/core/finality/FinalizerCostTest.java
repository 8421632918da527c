package dev.candles.core.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.state.CountingState;
import dev.candles.core.time.Retention;
import org.junit.jupiter.api.Test;

/** How often an event touches the state: each time costs more than all that is decided. */
class FinalizerCostTest {
  private final CountingState state = new CountingState();
  private final Finalizer finalizer =
      new Finalizer(
          new FinalizerStore(state.value(), state.value(), state.entries()), Retention.COLLECTOR);

  @Test
  void aClosedCandleReadsTheFrontierOnce() {
    announce(Evidence.VENUE_FLAG);
    close(0);
    assertThat(state.cost()).as("the frontier; it, one to forget, one more").isEqualTo(cost(1, 3));
    close(0);
    assertThat(state.cost()).as("a repeat, beside the one that was passed").isEqualTo(cost(2, 1));
  }

  @Test
  void aMarkOfTheClockThatTellsNothingNewWritesNothing() {
    announce(Evidence.VENUE_FLAG);
    close(0);
    state.cost();
    take(new LiveEvent.Clock(Candles.STREAM, Candles.T0 + Candles.MINUTE));
    assertThat(state.cost()).isEqualTo(cost(1, 0));
  }

  private static String cost(int reads, int writes) {
    return "reads=" + reads + " writes=" + writes;
  }

  private void announce(Evidence live) {
    take(
        new LiveEvent.Announced(
            Candles.STREAM, StreamBootstrap.ofNothing(Candles.T0, "BTC-USDT", live)));
    state.cost();
  }

  private void close(int minute) {
    Candle candle =
        Candles.candle(Candles.T0 + minute * Candles.MINUTE, 100, 1, Evidence.VENUE_FLAG);
    take(new CompletedInterval(candle, true, false));
  }

  private void take(LiveEvent event) {
    finalizer.take(
        event,
        new FinalizerOutput() {
          @Override
          public void ledger(LedgerEvent told) {}

          @Override
          public void repair(RepairEvent told) {}
        });
  }
}
