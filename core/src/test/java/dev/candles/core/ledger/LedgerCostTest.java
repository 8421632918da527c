package dev.candles.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.state.CountingState;
import dev.candles.core.state.StateList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a candle touches the state: each time costs more than all that is decided. */
class LedgerCostTest {
  private static final LedgerEvent CANDLE =
      new LedgerEvent.Final(LedgerHarness.candle(100, Evidence.VENUE_FLAG));

  private static final class Counted extends LedgerHarness {
    Counted(CountingState state) {
      super(
          new LedgerStore(
              state.entries(),
              state.entries(),
              StateList.of(new ArrayList<>()),
              state.value(),
              state.value(),
              state.value()));
    }
  }

  @Test
  void aNewCandleReadsItsDayOnceAndNothingElse() {
    CountingState state = new CountingState();
    LedgerHarness counted = new Counted(state);
    counted.announce(LedgerHarness.T0, LedgerHarness.T0, Intervals.empty(), List.of());
    state.cost();
    counted.take(CANDLE);
    assertThat(state.cost()).as("its day and its version").isEqualTo("reads=1 writes=2");
    assertThat(counted.told.written).hasSize(1);
    counted.take(CANDLE);
    assertThat(state.cost()).as("a repeat").isEqualTo("reads=2 writes=0");
    assertThat(counted.told.repeated).hasSize(1);
  }
}
