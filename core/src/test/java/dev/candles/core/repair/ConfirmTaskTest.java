package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import org.junit.jupiter.api.Test;

/** Intervals that only REST makes final, through the planner. */
class ConfirmTaskTest {
  private static final long T0 = ConfirmedVenue.T0;
  private static final long MINUTE = 60_000;
  private static final long SETTLE = ConfirmedVenue.SETTLE_MS;

  private final ConfirmedVenue venue = new ConfirmedVenue(10);

  @Test
  void allThatHasSettledOfAStreamIsOnePageAndNoGapRowOrLine() {
    StreamKey stream = venue.announce("A-USD");
    venue.run(T0 + 3 * MINUTE + SETTLE);
    venue.over(stream, T0, T0 + 4 * MINUTE);
    venue.run(T0 + 3 * MINUTE + SETTLE + 20_000);

    assertThat(venue.pages).hasSize(1);
    assertThat(venue.pages.get(0).wanted()).isEqualTo(Intervals.of(T0, T0 + 3 * MINUTE));
    assertThat(venue.finals(stream)).isEqualTo(Intervals.of(T0, T0 + 3 * MINUTE));
    assertThat(venue.told(LedgerEvent.Missing.class)).isEmpty();
    assertThat(venue.lines).isEmpty();
  }

  @Test
  void whatIsStoredIsNamedForEver() {
    assertThat(RepairPlanner.STORED)
        .extracting(RepairStore.Kind::name)
        .containsExactly("gaps", "rechecks", TradeFetchTask.STORED.name(), "confirmations");
  }

  @Test
  void nothingIsAskedForBeforeItHasSettledAndAStreamAtMostOnceAMinute() {
    StreamKey stream = venue.announce("A-USD");
    venue.shown = false;
    venue.over(stream, T0, T0 + MINUTE);
    venue.run(T0 + MINUTE + SETTLE + 5_000);
    assertThat(venue.pages).isEmpty();
    venue.run(T0 + MINUTE + SETTLE + 6_000);
    assertThat(venue.pages).hasSize(1);
    venue.over(stream, T0 + MINUTE, T0 + 2 * MINUTE);
    venue.run(T0 + 2 * MINUTE + SETTLE + 5_000);
    assertThat(venue.pages).hasSize(1);
    venue.run(T0 + 30 * MINUTE);
    assertThat(venue.pages).as("a minute apart").hasSize(3);
  }

  @Test
  void whatIsConfirmedYoungIsReadAgainWhenItIsOlder() {
    StreamKey stream = venue.announce("A-USD");
    venue.over(stream, T0, T0 + MINUTE);
    venue.lacking = 1;
    venue.run(T0 + MINUTE + SETTLE + MINUTE);
    assertThat(venue.current(stream, T0).volumes().base()).isEqualTo(ConfirmedVenue.VOLUME - 1);
    venue.lacking = 0;
    venue.run(T0 + 40 * MINUTE);

    Candle read = venue.current(stream, T0);
    assertThat(read.volumes().base()).isEqualTo(ConfirmedVenue.VOLUME);
    assertThat(read.evidence()).isEqualTo(Evidence.REST_TWICE);
  }

  @Test
  void aVenueThatIsAwayForLessThanHalfAnHourLeavesNoGapAndOneForLongerDoes() {
    StreamKey stream = venue.announce("A-USD");
    venue.away = true;
    long awayMs = SETTLE + Confirmation.WITHIN_MS;
    venue.live(stream, T0, T0 + awayMs);
    assertThat(venue.told(LedgerEvent.Missing.class)).isEmpty();
    venue.live(stream, T0 + awayMs, T0 + awayMs + 2 * MINUTE);

    assertThat(venue.told(LedgerEvent.Missing.class))
        .allMatch(event -> event.reason() == Reason.NOT_CONFIRMED)
        .extracting(LedgerEvent::fromMs)
        .containsExactly(T0, T0 + MINUTE);
    assertThat(venue.lines).anyMatch(line -> line.startsWith("event=gap_detected"));
    venue.away = false;
    venue.live(stream, T0 + awayMs + 2 * MINUTE, T0 + awayMs + 20 * MINUTE);
    assertThat(venue.finals(stream).minus(Intervals.of(T0 + awayMs, Long.MAX_VALUE)))
        .isEqualTo(Intervals.of(T0, T0 + awayMs));
    assertThat(venue.told(LedgerEvent.Missing.class)).hasSize(2);
  }

  /** The older part of today is beyond what the venue keeps: it is asked for once a day. */
  @Test
  void whatIsNotConfirmedIsAskedForSoonAlthoughAnotherPartOfItsDayIsGivenUp() {
    long hour = 60 * MINUTE;
    ConfirmedVenue venue = new ConfirmedVenue(10, 7 * hour);
    StreamKey stream = ConfirmedVenue.stream("A-USD");
    venue.announceAgain(stream, T0, T0 + 12 * hour);
    venue.run(T0 + 12 * hour + 20 * MINUTE);
    assertThat(venue.told(LedgerEvent.Unrecoverable.class))
        .isNotEmpty()
        .allMatch(event -> event.reason() == Reason.BEYOND_DEPTH);
    long backMs = T0 + 13 * hour;
    venue.away = true;
    venue.live(stream, T0 + 12 * hour, backMs);
    assertThat(venue.told(LedgerEvent.Missing.class))
        .anyMatch(event -> event.reason() == Reason.NOT_CONFIRMED);
    venue.away = false;
    venue.live(stream, backMs, backMs + hour);

    assertThat(Intervals.of(T0 + 12 * hour, backMs + hour - 5 * MINUTE).minus(venue.finals(stream)))
        .isEqualTo(Intervals.empty());
    assertThat(venue.told(LedgerEvent.Unrecoverable.class))
        .as("given up")
        .allMatch(event -> event.toMs() <= T0 + 5 * hour + 20 * MINUTE);
  }

  @Test
  void aRestartForgetsNoneWhetherItsStateIsThereOrNot() {
    StreamKey stream = venue.announce("A-USD");
    venue.away = true;
    venue.live(stream, T0, T0 + 10 * MINUTE);
    venue.away = false;
    venue.restart(new MemoryStore());
    venue.announceAgain(stream, T0, T0 + 12 * MINUTE);
    venue.run(T0 + 20 * MINUTE);

    assertThat(venue.finals(stream)).isEqualTo(Intervals.of(T0, T0 + 12 * MINUTE));
    assertThat(venue.told(LedgerEvent.Missing.class)).isEmpty();
  }

  @Test
  void whatALostStateHadReadYoungIsReadAgainHoweverLongItWasAway() {
    StreamKey stream = venue.announce("A-USD");
    venue.over(stream, T0, T0 + MINUTE);
    venue.lacking = 1;
    venue.run(T0 + MINUTE + SETTLE + MINUTE);
    assertThat(venue.current(stream, T0).volumes().base()).isEqualTo(ConfirmedVenue.VOLUME - 1);
    venue.lacking = 0;
    long backMs = T0 + 300 * MINUTE;
    venue.restart(new MemoryStore());
    venue.announceAgain(stream, T0, backMs, Intervals.of(T0, T0 + MINUTE));
    venue.run(backMs + 40 * MINUTE);

    assertThat(venue.current(stream, T0).volumes().base()).isEqualTo(ConfirmedVenue.VOLUME);
  }

  /** Each further minute is one more that is asked for in vain: it does not begin all anew. */
  @Test
  void aMarketThatIsSilentForHoursIsNotAskedMoreAndMore() {
    StreamKey stream = venue.announce("A-USD");
    venue.silentFromMs = T0;
    venue.live(stream, T0, T0 + 540 * MINUTE);
    int before = venue.pages.size();
    venue.live(stream, T0 + 540 * MINUTE, T0 + 600 * MINUTE);

    assertThat(venue.pages.size() - before).as("requests of the tenth hour").isLessThan(60);
  }

  @Test
  void whatTheLakeLacksOfLongAgoIsAGapAndTheRestWaits() {
    StreamKey stream = ConfirmedVenue.stream("A-USD");
    venue.restart(new MemoryStore());
    long toMs = T0 + 120 * MINUTE;
    venue.announceAgain(stream, T0, toMs);
    long youngMs = toMs - SETTLE - Confirmation.WITHIN_MS;

    assertThat(venue.told(LedgerEvent.Missing.class))
        .singleElement()
        .satisfies(event -> assertThat(event.toMs()).isEqualTo(youngMs))
        .satisfies(event -> assertThat(event.reason()).isEqualTo(Reason.HISTORY));
    venue.run(toMs + 10 * MINUTE);
    assertThat(venue.finals(stream)).isEqualTo(Intervals.of(T0, toMs));
  }

  /** 500 streams, a request each minute, by ten requests a second: a minute has 571. */
  @Test
  void fiveHundredStreamsAreConfirmedEachMinuteWithinTheBudget() {
    Crowd crowd = new Crowd(500);
    crowd.run(8, false);

    assertThat(crowd.latestMs()).isLessThan(SETTLE + MINUTE);
    assertThat(venue.told(LedgerEvent.Missing.class)).isEmpty();
    assertThat(venue.mostInASecond).isLessThanOrEqualTo(10);
    assertThat(venue.pages.size()).as("requests").isLessThanOrEqualTo(14 * 571);
  }

  /** Each gets half of the budget; where a stream is not asked each minute its pages hold more. */
  @Test
  void oldGapsAndConfirmationsTakeTurns() {
    Crowd crowd = new Crowd(500);
    crowd.run(8, true);

    assertThat(crowd.latestMs()).isLessThan(SETTLE + 2 * MINUTE);
    assertThat(venue.told(LedgerEvent.Missing.class)).allMatch(event -> event.toMs() <= T0);
    long repairs = venue.pages.stream().filter(page -> page.endMs() <= T0).count();
    long confirms = venue.pages.size() - repairs;
    assertThat(repairs).isGreaterThan(2_500);
    assertThat(confirms).isGreaterThan(2_000);
  }

  /** Streams that live, and how late their last minutes were final. */
  private final class Crowd {
    private final StreamKey[] streams;
    private int minutes;

    Crowd(int count) {
      streams = new StreamKey[count];
      for (int i = 0; i < count; i++) {
        streams[i] = venue.announce("S" + i + "-USD");
      }
    }

    void run(int count, boolean gaps) {
      minutes = count;
      for (StreamKey stream : streams) {
        if (gaps) {
          venue.missing(stream, T0 - 3 * Timeframe.D1.millis(), T0);
        }
      }
      for (long at = T0 + MINUTE; at <= T0 + count * MINUTE; at += MINUTE) {
        for (StreamKey stream : streams) {
          venue.over(stream, at - MINUTE, at);
        }
        venue.run(at + MINUTE);
      }
      venue.run(T0 + (count + 6) * MINUTE);
    }

    long latestMs() {
      long latest = 0;
      for (StreamKey stream : streams) {
        for (int i = 0; i < minutes; i++) {
          long open = T0 + i * MINUTE;
          latest = Math.max(latest, venue.finalMs(stream, open) - open - MINUTE);
        }
      }
      return latest;
    }
  }
}
