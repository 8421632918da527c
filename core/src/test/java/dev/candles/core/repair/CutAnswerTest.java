package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import org.junit.jupiter.api.Test;

/** What confirms, and what is read a second time, by answers that hold less than was asked. */
class CutAnswerTest {
  private static final long T0 = ConfirmedVenue.T0;
  private static final long MINUTE = 60_000;
  private static final long SETTLE = ConfirmedVenue.SETTLE_MS;

  private final ConfirmedVenue venue = new ConfirmedVenue(10);

  @Test
  void whatAnAnswerDoesNotReachIsConfirmedByTheNextOneAtOnce() {
    StreamKey stream = venue.announce("A-USD");
    venue.away = true;
    venue.live(stream, T0, T0 + 28 * MINUTE);
    venue.run(T0 + 28 * MINUTE + SETTLE + 6_000);
    venue.away = false;
    venue.most = 20;
    venue.run(T0 + 28 * MINUTE + SETTLE + 116_000); // a probe is due within a minute

    assertThat(venue.finals(stream)).isEqualTo(Intervals.of(T0, T0 + 28 * MINUTE));
    assertThat(venue.told(LedgerEvent.Missing.class)).isEmpty();
  }

  @Test
  void whatNoSecondReadReachesIsReadByItselfAndNoDisagreement() {
    venue.most = 60;
    readAgain();
  }

  @Test
  void whatASecondReadDoesNotAskForIsReadByItself() {
    venue.borderMs = T0 + 60 * MINUTE;
    readAgain();
  }

  /** The newest row that is left does not show that those before it are old enough. */
  @Test
  void whereTheOldestRowsAreKeptTheYoungestOfThemAreReadWithTheNext() {
    venue.mostOfOldest = 100;
    readAgain();
  }

  /** All of an absence was held with another volume. */
  private void readAgain() {
    StreamKey stream = venue.announce("A-USD");
    venue.lacking = 1;
    venue.live(stream, T0, T0 + 150 * MINUTE);
    long backMs = T0 + 160 * MINUTE;
    venue.run(backMs);
    Intervals held = Intervals.of(T0, T0 + 150 * MINUTE - SETTLE);
    assertThat(venue.finals(stream).intersect(held)).isEqualTo(held);
    venue.lacking = 0;
    venue.restart(new MemoryStore());
    venue.announceAgain(stream, T0, backMs, held);
    venue.run(backMs + 10 * MINUTE);

    for (long open = T0; open < held.to(0); open += MINUTE) {
      Candle read = venue.current(stream, open);
      assertThat(read.volumes().base()).as("%d", open).isEqualTo(ConfirmedVenue.VOLUME);
    }
    assertThat(venue.lines).noneMatch(line -> line.startsWith("event=disagreement"));
  }

  /**
   * Answers without an end taught how many rows there are; wider margins than that show nothing.
   */
  @Test
  void marginsLeaveRoomForWhatIsToBeConfirmed() {
    StreamKey stream = venue.announce("A-USD");
    venue.mostOfOldest = 100;
    venue.missing(stream, T0 - 5 * Timeframe.D1.millis(), T0 - 2 * Timeframe.D1.millis());
    venue.run(T0 + 2 * MINUTE);
    assertThat(venue.finals(stream).length()).isEqualTo(3 * Timeframe.D1.millis());
    venue.silentFromMs = T0 + 2 * MINUTE;
    venue.silentToMs = T0 + 22 * MINUTE;
    venue.live(stream, T0, T0 + 60 * MINUTE);

    Intervals empty = Intervals.empty();
    for (LedgerEvent.Empty told : venue.told(LedgerEvent.Empty.class)) {
      empty = empty.union(Intervals.of(told.fromMs(), told.toMs()));
    }
    assertThat(empty).isEqualTo(Intervals.of(venue.silentFromMs, venue.silentToMs));
    assertThat(venue.told(LedgerEvent.Missing.class)).allMatch(told -> told.toMs() <= T0);
  }
}
