package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.RepairEvent;
import org.junit.jupiter.api.Test;

/** Starts long after minutes were given up, with a history that begins later. */
class GivenUpForLongTest {
  private static final long MINUTE = 60_000;
  private static final long DAY = Timeframe.D1.millis();
  private static final long FROM = ConfirmedVenue.T0;
  private static final StreamKey STREAM = ConfirmedVenue.stream("A-USD");
  private static final Intervals OLD = Intervals.of(FROM - 2 * DAY, FROM - 2 * DAY + MINUTE);

  private final ConfirmedVenue venue = new ConfirmedVenue(2);
  private final MemoryStore store = new MemoryStore();

  private void start(Intervals givenUp) {
    venue.restart(store);
    long toMs = FROM + DAY;
    long[] none = {};
    venue.news(new RepairEvent.Announced(STREAM, FROM, toMs, none, givenUp.toArray(), "A-USD", 0));
    venue.run(toMs);
  }

  /** Whoever remembers it need not be told. */
  @Test
  void whatIsRememberedAsGivenUpBeforeTheAnnouncedRangeIsAskedFor() {
    GapState held = GapState.givenUp(STREAM, OLD.from(0), OLD, FROM + 3 * MINUTE);
    store.tasks(GapTask.STORED).put(held.key(), held);
    start(Intervals.empty());
    assertThat(venue.finals(STREAM)).isEqualTo(OLD);
  }

  /** Whoever has forgotten it is told by the lake. */
  @Test
  void whatTheLakeCallsGivenUpBeforeTheAnnouncedRangeIsAskedFor() {
    start(OLD);
    assertThat(venue.finals(STREAM)).isEqualTo(OLD);
    assertThat(store.isBusy(FROM)).as("that is all").isFalse();
  }
}
