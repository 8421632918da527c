package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import java.util.List;
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
    Intervals minute = Intervals.of(OLD, OLD + MINUTE);
    GapState givenUp = GapState.givenUp(STREAM, Timeframe.D1.floor(OLD), minute, T0 + 9 * HOUR);
    store.tasks(GapTask.STORED).put(givenUp.key(), givenUp);
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
  void aLakeThatHasGivenUpAMinuteOfItHasNotForgottenIt() {
    remember();
    long[] none = {};
    long[] lost = {OLD + MINUTE, OLD + 2 * MINUTE};
    StreamBootstrap lake =
        new StreamBootstrap(
            T0 - HOUR, T0, none, none, lost, 7, 0, "A-USD", Evidence.REST, List.of());
    assertThat(lake.isForgotten(T0 - HOUR)).isFalse();
    venue.news(RepairEvent.announced(STREAM, lake));
    GapState gap = store.tasks(GapTask.STORED).get(GapState.key(STREAM, Timeframe.D1.floor(OLD)));
    assertThat(gap.open().intersect(Intervals.of(OLD, T0 - HOUR)))
        .isEqualTo(Intervals.of(OLD, OLD + 2 * MINUTE));
    assertThat(store.tasks(ReconfirmTask.STORED).all()).isNotEmpty();
  }

  @Test
  void whatTheLakeHoldsIsStillCorrected() {
    remember();
    venue.announceAgain(STREAM, T0 - HOUR, T0, Intervals.of(T0 - HOUR, T0 - HOUR / 2));
    assertThat(store.isBusy(T0 - HOUR)).isTrue();
  }
}
