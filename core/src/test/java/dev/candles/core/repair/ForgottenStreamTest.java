package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import org.junit.jupiter.api.Test;

/** A start from the state of before of a stream that the lake has forgotten, or still holds. */
class ForgottenStreamTest {
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  private static final long T0 = ConfirmedVenue.T0;
  private static final long OLD = T0 - 10 * HOUR;
  private static final StreamKey STREAM = ConfirmedVenue.stream("A-USD");

  private final ConfirmedVenue venue = new ConfirmedVenue(2);
  private final MemoryStore store = new MemoryStore();

  private void remember() {
    venue.restart(store);
    venue.announceAgain(STREAM, OLD, OLD);
    venue.news(new RepairEvent.Trades(STREAM, new MissingTrades(OLD, OLD + MINUTE, 7, 9)));
    venue.news(new RepairEvent.Trades(STREAM, MissingTrades.near(OLD, OLD + MINUTE, 8)));
    venue.news(new RepairEvent.Reconfirm(STREAM, OLD, OLD + MINUTE, null));
    venue.restart(store);
  }

  @Test
  void nothingIsAskedOfBeforeTheNewHistory() {
    remember();
    venue.announceAgain(STREAM, T0 - HOUR, T0);
    assertThat(store.isBusy(T0 - HOUR)).isFalse();
    assertThat(store.isBusy(T0)).as("its history is").isTrue();
  }

  @Test
  void whatTheLakeHoldsIsStillCorrected() {
    remember();
    venue.announceAgain(STREAM, T0 - HOUR, T0, Intervals.of(T0 - HOUR, T0 - HOUR / 2));
    assertThat(store.isBusy(T0 - HOUR)).isTrue();
  }
}
