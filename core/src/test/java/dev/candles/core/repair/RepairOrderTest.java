package dev.candles.core.repair;

import static dev.candles.core.repair.PacedVenue.DAY;
import static dev.candles.core.repair.PacedVenue.MINUTE;
import static dev.candles.core.repair.PacedVenue.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.health.FailureReason;
import dev.candles.core.proof.Silence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole hours of a venue: nobody waits for ever, whatever there is too much of. */
class RepairOrderTest {
  private static final long HISTORY_MS = Timeframe.D1.floor(T0) - DAY;

  private static void gap(PacedVenue venue, StreamKey stream, long toMs) {
    venue.news(RepairEvent.gap(stream, Intervals.of(toMs - MINUTE, toMs), Reason.NOT_CLOSED));
  }

  /** All of whose minutes are quiet, so that each is a gap: more than the budget has requests. */
  private static List<StreamKey> quietMarkets(PacedVenue venue, int streams, int minutes) {
    List<StreamKey> all = venue.announce(streams, HISTORY_MS);
    for (int minute = 1; minute <= minutes; minute++) {
      venue.run(T0 + minute * MINUTE + 5_000);
      for (StreamKey stream : all) {
        gap(venue, stream, T0 + minute * MINUTE);
      }
    }
    return all;
  }

  @Test
  void moreQuietMarketsThanTheBudgetHasRequestsStarveNeitherHistoryNorEachOther() {
    PacedVenue venue = new PacedVenue(1, 1_000, Silence.TRADE_IDS);
    List<StreamKey> all = quietMarkets(venue, 80, 60);

    assertThat(venue.streamsAsked()).isEqualTo(80);
    assertThat(all).allMatch(stream -> venue.open(stream, HISTORY_MS, T0) == 0);
    for (StreamKey stream : all) {
      for (long open = T0 + 10 * MINUTE; open < T0 + 50 * MINUTE; open += MINUTE) {
        assertThat(venue.doneMs(stream, open)).as("%s %d", stream, open).isPresent();
        long waitedMs = venue.doneMs(stream, open).getAsLong() - open;
        assertThat(waitedMs).as("%s %d", stream, open).isLessThan(7 * MINUTE);
      }
    }
  }

  /** Each cut has the last ten minutes read again, four times, beside a gap of one minute. */
  @Test
  void aFeedThatIsCutEachMinuteDoesNotStarveItsGaps() {
    PacedVenue venue = new PacedVenue(40, 2_000, Silence.ZERO_ROWS);
    List<StreamKey> all = venue.announce(300, T0);
    for (int minute = 1; minute <= 60; minute++) {
      long toMs = T0 + minute * MINUTE;
      venue.run(toMs + 5_000);
      for (StreamKey stream : all) {
        venue.news(new RepairEvent.Reconfirm(stream, toMs - 11 * MINUTE, toMs - MINUTE, null));
        gap(venue, stream, toMs);
      }
    }
    for (StreamKey stream : all) {
      for (long open = T0; open < T0 + 57 * MINUTE; open += MINUTE) {
        assertThat(venue.doneMs(stream, open)).as("%s %d", stream, open).isPresent();
        long waitedMs = venue.doneMs(stream, open).getAsLong() - open;
        assertThat(waitedMs).as("%s %d", stream, open).isLessThan(3 * MINUTE);
      }
    }
    long questions = venue.store.tasks(ReconfirmTask.STORED).all().size();
    assertThat(questions).as("questions that are open").isLessThan(300 * 15);
  }

  @Test
  void theNewestIsAskedForFirstWhereThereIsRoom() {
    PacedVenue venue = new PacedVenue(1, 1_000, Silence.TRADE_IDS);
    List<StreamKey> all = venue.announce(40, HISTORY_MS);
    venue.run(T0 + MINUTE + 5_000);
    gap(venue, all.get(39), T0 + MINUTE);
    venue.run(T0 + 2 * MINUTE + 20_000); // it has settled when a row is there that is newer
    assertThat(venue.doneMs(all.get(39), T0)).isPresent();
    assertThat(all).anyMatch(stream -> venue.open(stream, HISTORY_MS, T0) > 0);
  }

  /** A bucket of thirty requests that gets one each three seconds, where one a second is sent. */
  @Test
  void aVenueThatRefusesIsAskedMoreSlowly() {
    PacedVenue venue = new PacedVenue(1, 1_000, Silence.TRADE_IDS);
    venue.tokens = 30;
    venue.tokensPerSecond = 1.0 / 3;
    var unused = quietMarkets(venue, 25, 240);

    assertThat(venue.requests).isGreaterThan(3_500);
    assertThat(venue.refusals).as("of %d", venue.requests).isLessThan(venue.requests / 100);
    assertThat(venue.transitions.size()).as("%s", venue.transitions).isLessThanOrEqualTo(4);
    assertThat(venue.failures(FailureReason.RATE_LIMITED)).isPositive();
  }

  /** By status 200: it is well otherwise, and what it says is of its protocol. */
  @Test
  void aVenueThatIsBusyIsLeftAloneForAsLongAsItSays() {
    PacedVenue venue = new PacedVenue(9, 1_000, Silence.ZERO_ROWS);
    StreamKey stream = venue.announce(1, HISTORY_MS).get(0);
    venue.busyMs = 20_000;
    venue.run(T0 + MINUTE);
    assertThat(venue.requests).isBetween(1, 4);
    assertThat(venue.failures(FailureReason.CONNECTION_ERROR)).isBetween(1L, 4L);
    assertThat(venue.failures(FailureReason.PROTOCOL)).isZero();
    venue.busyMs = 0;
    venue.run(T0 + 4 * MINUTE);
    assertThat(venue.open(stream, HISTORY_MS, T0)).isZero();
  }

  @Test
  void aClockThatIsSetBackStopsNothing() {
    for (long backMs : new long[] {30 * MINUTE, 120 * MINUTE}) {
      PacedVenue venue = new PacedVenue(9, 1_000, Silence.ZERO_ROWS);
      List<StreamKey> all = venue.announce(300, HISTORY_MS);
      venue.run(T0 + MINUTE / 2);
      int before = venue.requests;
      assertThat(before).isPositive();
      venue.oursAheadMs = -backMs;
      venue.run(T0 + MINUTE / 2 + 2_500);
      assertThat(venue.requests - before).as("set back by %d", backMs).isGreaterThan(9);
      venue.run(T0 + 5 * MINUTE);
      long believedToMs = T0 - Math.max(0, backMs - 60 * MINUTE); // an hour off at most
      assertThat(all).allMatch(stream -> venue.open(stream, HISTORY_MS, believedToMs) == 0);
    }
  }

  /** By venue time it would be due as late as the clock was set back. */
  @Test
  void whatBecomesDueAfterTheClockWasSetBackIsNotPutOffByThat() {
    PacedVenue venue = new PacedVenue(9, 1_000, Silence.ZERO_ROWS);
    StreamKey stream = venue.announce(1, T0).get(0);
    gap(venue, stream, T0);
    venue.run(T0 + 10_000);
    venue.oursAheadMs = -30 * MINUTE;
    gap(venue, stream, T0 + MINUTE);
    venue.run(T0 + 3 * MINUTE);
    assertThat(venue.doneMs(stream, T0)).isPresent();
    RepairPlanner.Wake wake = venue.planner().wake(venue.ourMs());
    assertThat(wake.ourMs()).isLessThanOrEqualTo(venue.ourMs() + 30 * MINUTE);
    assertThat(venue.planner().budgetLeft("rest", venue.ourMs())).isEqualTo(9);
  }

  @Test
  void aVenueThatFailsIsLeftAloneForAsLongAsItAsks() {
    PacedVenue venue = new PacedVenue(9, 1_000, Silence.ZERO_ROWS);
    venue.status = 503;
    venue.retryAfterMs = 30 * MINUTE;
    var unused = venue.announce(20, HISTORY_MS);
    venue.run(T0 + 25 * MINUTE);
    assertThat(venue.requests).isLessThanOrEqualTo(RequestLimiter.MAX_IN_FLIGHT);
    venue.status = 200;
    venue.run(T0 + 35 * MINUTE);
    assertThat(venue.requests).isGreaterThan(20);
  }

  /** As after a clock that was set right: what it has put off must not wait for it. */
  @Test
  void aStartAsksForWhatAClockThatWasAheadHasPutOff() {
    PacedVenue venue = new PacedVenue(9, 1_000, Silence.ZERO_ROWS);
    StreamKey stream = new StreamKey("model", "S000-USD", Timeframe.M1);
    long fromMs = T0 - 10 * MINUTE;
    long dayMs = Timeframe.D1.floor(fromMs);
    MemoryStore store = new MemoryStore();
    GapState gap =
        GapState.fresh(stream, dayMs, Intervals.of(fromMs, T0), Reason.HISTORY)
            .postponed(T0 + 8 * 60 * MINUTE);
    store.tasks(GapTask.STORED).put(gap.key(), gap);
    GapState oldGap =
        GapState.givenUp(stream, dayMs - DAY, Intervals.of(dayMs - MINUTE, dayMs), T0 + 90 * DAY);
    store.tasks(GapTask.STORED).put(oldGap.key(), oldGap);
    Reconfirmation read =
        Reconfirmation.fresh(stream, fromMs - MINUTE, fromMs, null).postponed(T0 + 90 * DAY);
    store.tasks(ReconfirmTask.STORED).put(read.key(), read);
    venue.restart(store);
    long[] missing = {fromMs, T0};
    long[] givenUp = {dayMs - MINUTE, dayMs};
    venue.news(
        new RepairEvent.Announced(stream, dayMs - DAY, T0, missing, givenUp, stream.symbol(), 0));
    venue.run(T0 + 2 * MINUTE);

    assertThat(venue.open(stream, fromMs, T0)).isZero();
    assertThat(venue.doneMs(stream, dayMs - MINUTE)).as("given up").isPresent();
    assertThat(store.tasks(ReconfirmTask.STORED).all())
        .as("read again")
        .allMatch(waiting -> waiting.nextTryMs() < T0 + DAY);
  }

  /** Of four that are on their way the first is refused, and the others are answered. */
  @Test
  void aVenueThatFailsOnceIsLeftAloneForAsLongAsItAsksWhateverElseItAnswers() {
    PacedVenue venue = new PacedVenue(9, 1_000, Silence.ZERO_ROWS);
    venue.status = 503;
    venue.retryAfterMs = 30 * MINUTE;
    venue.failing = 1;
    var unused = venue.announce(20, HISTORY_MS);
    venue.run(T0 + 25 * MINUTE);
    assertThat(venue.requests).isEqualTo(RequestLimiter.MAX_IN_FLIGHT);
    assertThat(venue.signals).last().as("no sign of health").matches(signal -> !signal.success());
    venue.run(T0 + 35 * MINUTE);
    assertThat(venue.requests).isGreaterThan(20);
  }

  /** Three thousand streams with three questions each would be 27 million. */
  @Test
  void anAnnouncementReadsTheTasksOfItsStreamAlone() {
    MemoryStore store = new MemoryStore();
    RepairStore.Tasks<Reconfirmation> rechecks = store.tasks(ReconfirmTask.STORED);
    int streams = 50;
    PacedVenue before = new PacedVenue(1, 1_000, Silence.TRADE_IDS);
    List<StreamKey> all = before.announce(streams, T0);
    for (StreamKey stream : all) {
      for (int i = 0; i < 3; i++) {
        long fromMs = T0 - (i + 1) * 30 * MINUTE;
        Reconfirmation one = Reconfirmation.fresh(stream, fromMs, fromMs + MINUTE, null);
        rechecks.put(one.key(), one);
      }
    }
    RepairPlanner planner = before.planner(store);
    store.read = 0;
    all.forEach(stream -> planner.take(before.announced(stream, T0 - 120 * MINUTE)));
    assertThat(planner.open()).isGreaterThanOrEqualTo(3 * streams);
    assertThat(planner.secondReads()).isEqualTo(3 * streams).isLessThan(planner.open());
    assertThat(store.read).isLessThan(20 * streams);
  }
}
