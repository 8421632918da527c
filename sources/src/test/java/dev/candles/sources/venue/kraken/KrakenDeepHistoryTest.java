package dev.candles.sources.venue.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.proof.Silence;
import dev.candles.core.repair.AnswerReach;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.RepairedVenue;
import dev.candles.sources.venue.VenueProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history that takes more than a day, of a market in which a page of trades is 13 minutes. */
class KrakenDeepHistoryTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long TODAY = Timeframe.D1.floor(1_800_000_000_000L);
  private static final long NOW = TODAY + 15 * HOUR;
  private static final long FIRST_MS = NOW - 100 * DAY;
  private static final long APART_MS = MINUTE / 76;
  private static final int PAGE = 1_000;
  private static final StreamKey STREAM = new StreamKey("kraken", "BTC-USD", Timeframe.M1);
  private static final StreamKey HOURS = STREAM.in(Timeframe.H1);

  private long lastTradeMs = Long.MAX_VALUE;
  private long apartMs = APART_MS;

  private String trades(String path, long nowMs) {
    assertThat(path).contains("/Trades");
    long sinceMs = Long.parseLong(path.replaceAll(".*since=(\\d+).*", "$1")) / 1_000_000 + 1;
    long id = Math.max(1, (sinceMs - FIRST_MS + apartMs - 1) / apartMs + 1);
    long toMs = Math.min(nowMs, lastTradeMs);
    StringBuilder rows = new StringBuilder();
    long atMs = sinceMs;
    for (int i = 0; i < PAGE && FIRST_MS + (id - 1) * apartMs <= toMs; i++, id++) {
      atMs = FIRST_MS + (id - 1) * apartMs;
      rows.append(rows.isEmpty() ? "[\"5.0\",\"1.0\"," : ",[\"5.0\",\"1.0\",")
          .append(atMs / 1_000)
          .append('.')
          .append(1_000 + atMs % 1_000)
          .deleteCharAt(rows.length() - 4)
          .append(",\"b\",\"l\",\"\",")
          .append(id)
          .append(']');
    }
    return "{\"error\":[],\"result\":{\"XBTUSD\":[" + rows + "],\"last\":\"" + atMs + "000000\"}}";
  }

  private static AnswerReach reach(GapState.Page page, long nowMs, String body) {
    return reach(STREAM, page, nowMs, body);
  }

  private static AnswerReach reach(StreamKey of, GapState.Page page, long nowMs, String body) {
    Kraken kraken = new Kraken();
    Market market = new Market("BTC-USD", "BTC/USD", 0);
    RestQuery query = kraken.candles(of, market, page, nowMs);
    return kraken.decodeCandles(query, kraken.profile(), 200, body, nowMs).reach();
  }

  private static String page(int trades, long fromMs, long apartMs) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < trades; i++) {
      double s = (fromMs + i * apartMs) / 1e3;
      rows.append(rows.isEmpty() ? "" : ",")
          .append("[\"5.0\",\"1.0\",%.3f,\"b\",\"l\",\"\",%d]".formatted(s, 1_000 + i));
    }
    return "{\"error\":[],\"result\":{\"XBTUSD\":[" + rows + "],\"last\":\"0\"}}";
  }

  @Test
  void aPageOfTradesSpeaksOfWhatItsLatestTradeHasPassed() {
    long firstMs = TODAY - DAY;
    GapState.Page wanted = GapState.Page.of(firstMs, firstMs + 500 * MINUTE);
    assertThat(reach(wanted, NOW, page(1_000, firstMs - MINUTE, 1_000)))
        .isEqualTo(AnswerReach.until(firstMs + 15 * MINUTE));
    assertThat(reach(wanted, NOW, page(100, firstMs - MINUTE, 1_000))).isEqualTo(AnswerReach.ALL);
    assertThat(reach(wanted, NOW, page(0, firstMs, 1))).isEqualTo(AnswerReach.ALL);
    assertThat(reach(wanted, NOW, page(1_000, firstMs - MINUTE, 10)))
        .as("full of older ones")
        .isEqualTo(AnswerReach.until(firstMs + MINUTE));
  }

  /** The next page would be no other, or fall as short: that is not asked interval by interval. */
  @Test
  void aPageThatReachesNoneOfWhatIsWantedSpeaksOfAll() {
    long firstMs = TODAY - 40 * DAY;
    String before = page(1_000, firstMs - HOUR, 10);
    assertThat(reach(GapState.Page.of(firstMs, firstMs + 500 * MINUTE), NOW, before))
        .as("from before it was asked to begin")
        .isEqualTo(AnswerReach.ALL);
    String dense = page(1_000, firstMs - HOUR, APART_MS);
    assertThat(reach(HOURS, GapState.Page.of(firstMs, firstMs + DAY), NOW, dense))
        .isEqualTo(AnswerReach.ALL);
    String within = page(1_000, firstMs - HOUR, 6_000);
    assertThat(reach(HOURS, GapState.Page.of(firstMs, firstMs + DAY), NOW, within))
        .isEqualTo(AnswerReach.ALL);
    String thin = page(1_000, firstMs - HOUR, 20_000);
    assertThat(reach(HOURS, GapState.Page.of(firstMs, firstMs + DAY), NOW, thin))
        .isEqualTo(AnswerReach.until(firstMs + 4 * HOUR));
  }

  /** Of hours whose minutes are lost; a page of trades is 13 minutes. */
  @Test
  void hoursThatNoPageHoldsAreAskedForByOneRequestADay() {
    long dayMs = TODAY - 40 * DAY;
    RepairedVenue venue =
        new RepairedVenue(new Kraken(), List.of(Timeframe.H1), STREAM, this::trades, NOW);
    Intervals day = Intervals.of(dayMs, dayMs + DAY);
    venue.restored(GapState.givenUp(HOURS, dayMs, day, NOW));
    venue.announceKnown("BTC/USD", dayMs, TODAY);
    venue.run(3 * DAY - HOUR);
    assertThat(venue.open()).isEqualTo(day);
    assertThat(venue.requests()).isEqualTo(3);
  }

  @Test
  void ofWhatIsOlderThanItsOldestRowOhlcSaysNothing() {
    long firstS = (NOW - 60 * MINUTE) / 1_000;
    String row = "[%d,\"5\",\"5\",\"5\",\"5\",\"5\",\"1\",3]";
    String rows = row.formatted(firstS) + "," + row.formatted(firstS + 60);
    String body = "{\"error\":[],\"result\":{\"X\":[" + rows + "],\"last\":" + firstS + "}}";
    assertThat(reach(GapState.Page.of(NOW - 90 * MINUTE, NOW), NOW, body))
        .isEqualTo(AnswerReach.from(firstS * 1_000));
  }

  /** Three days at a request each five minutes are as many hours as a year at three seconds. */
  @Test
  void whatNoAnswerHasReachedIsNotGivenUp() {
    VenueProfile slow =
        RepairedVenue.slowed(new Kraken().profile(), Kraken.BUDGET, Duration.ofMinutes(5));
    RepairedVenue venue = new RepairedVenue(new Kraken(), slow, STREAM, this::trades, NOW);
    venue.announceMissing("BTC/USD", TODAY - 3 * DAY, TODAY);
    for (int hours = 0; !venue.open().isEmpty(); hours++) {
      assertThat(hours).as("open: %s", venue.open()).isLessThan(40);
      venue.run(HOUR);
      assertThat(venue.lost().isEmpty()).as("given up after %d hours", hours).isTrue();
    }
    assertThat(venue.requests()).as("112 a day").isLessThan(3 * 130);
  }

  /** No page that begins in the 13 minutes before it can be read; pages end at the same place. */
  @ParameterizedTest
  @ValueSource(ints = {5, 400, 858, 1_200})
  void aTradeThatCannotBeReadIsNotAskedForBehindEachGoodPage(int minute) {
    long dayMs = TODAY - DAY;
    long badId = (dayMs + minute * MINUTE - FIRST_MS) / APART_MS;
    int[] unreadable = {0};
    RepairedVenue venue =
        new RepairedVenue(
            new Kraken(),
            STREAM,
            (path, nowMs) -> {
              String body = trades(path, nowMs);
              String bad =
                  body.replaceFirst(",[0-9.]+(,\"b\",\"l\",\"\"," + badId + "])", ",null$1");
              unreadable[0] += bad.equals(body) ? 0 : 1;
              return bad;
            },
            NOW);
    venue.announceMissing("BTC/USD", dayMs, dayMs + DAY);
    while (venue.open().length() > 14 * MINUTE) {
      venue.run(2_000);
      assertThat(unreadable[0]).as("open: %s", venue.open()).isLessThan(20);
    }
    assertThat(venue.open().contains(Timeframe.M1.floor(dayMs + minute * MINUTE - 1))).isTrue();
    assertThat(venue.requests()).isLessThan(200);
  }

  /** A page is one per cent of the day: nine of ten that bring their minutes are progress. */
  @Test
  void aVenueThatIsBusyNowAndThenIsNotAskedMoreAndMoreSeldom() {
    int[] answers = {0};
    RepairedVenue venue =
        new RepairedVenue(
            new Kraken(),
            STREAM,
            (path, nowMs) ->
                ++answers[0] % 10 == 0 ? "{\"error\":[\"EService:Busy\"]}" : trades(path, nowMs),
            NOW);
    venue.announceMissing("BTC/USD", TODAY - DAY, TODAY);
    venue.run(20 * MINUTE);
    assertThat(venue.open().isEmpty()).as("%s", venue.open()).isTrue();
  }

  /** The first minutes of a page need an earlier trade, which the search for ids has. */
  @Test
  void whatTradesProveIsNotTooOldForTheFirstAnswer() {
    apartMs = 5 * MINUTE;
    long dayMs = TODAY - 40 * DAY;
    VenueProfile forgets = RepairedVenue.keeping(new Kraken().profile(), Duration.ofDays(5));
    RepairedVenue venue = new RepairedVenue(new Kraken(), forgets, STREAM, this::trades, NOW);
    venue.announceMissing("BTC/USD", dayMs, dayMs + DAY);
    venue.run(DAY);
    assertThat(venue.open()).isEqualTo(Intervals.empty());
    assertThat(venue.lost()).isEqualTo(Intervals.empty());
  }

  /** They took the 580 minutes that a page does not reach for asked in vain, sweep after sweep. */
  @Test
  void whatEarlierBuildsHadNotReachedIsNotGivenUp() {
    long dayMs = TODAY - DAY;
    long blockMs = dayMs + DAY - 595 * MINUTE;
    GapState kept =
        new GapState(
            STREAM,
            dayMs,
            new long[] {dayMs, dayMs + DAY},
            Reason.HISTORY,
            blockMs,
            true,
            new long[] {blockMs + 13 * MINUTE, dayMs + DAY},
            1,
            NOW,
            new GapState.Lasting(new long[] {dayMs, dayMs + DAY}, 9, NOW - 23 * HOUR),
            false);
    VenueProfile slow =
        RepairedVenue.slowed(new Kraken().profile(), Kraken.BUDGET, Duration.ofMinutes(5));
    RepairedVenue venue = new RepairedVenue(new Kraken(), slow, STREAM, this::trades, NOW);
    venue.restored(kept.unswept());
    venue.announceMissing("BTC/USD", dayMs, dayMs + DAY);
    venue.run(25 * HOUR);
    assertThat(venue.lost().isEmpty()).as("%s", venue.lost()).isTrue();
    assertThat(venue.open().isEmpty()).as("%s", venue.open()).isTrue();
  }

  /** Its own candles are the last 720, whoever makes what is live final. */
  @Test
  void whereRestConfirmsHistoryBeyondItsCandlesIsFoldedFromTrades() {
    VenueProfile own = new Kraken().profile();
    VenueProfile confirmed =
        new VenueProfile(
            own.name(),
            own.webSocket(),
            own.rest(),
            own.waits(),
            VenueProfile.Finality.REST_CONFIRMED,
            new VenueProfile.Proofs(Silence.ZERO_ROWS, 1, Duration.ZERO),
            own.pageRows(),
            own.budgets(),
            own.limits());
    RepairedVenue venue = new RepairedVenue(new Kraken(), confirmed, STREAM, this::trades, NOW);
    venue.announceMissing("BTC/USD", TODAY - DAY, TODAY);
    venue.run(HOUR);
    assertThat(venue.open()).isEqualTo(Intervals.empty());
    assertThat(venue.lost()).isEqualTo(Intervals.empty());
  }

  /** Nobody has traded any more: pages behind the last trade are no different from empty ones. */
  @Test
  void whatLiesBehindTheLastTradeIsGivenUpAfterADay() {
    long dayMs = TODAY - DAY;
    lastTradeMs = dayMs + 100 * MINUTE + 30_000;
    RepairedVenue venue = new RepairedVenue(new Kraken(), STREAM, this::trades, NOW);
    venue.announceMissing("BTC/USD", dayMs, dayMs + DAY);
    venue.run(HOUR);
    long requests = venue.requests();
    assertThat(requests).as("searches among them").isLessThan(600);
    assertThat(venue.open().from(0)).isEqualTo(dayMs + 100 * MINUTE);
    venue.run(25 * HOUR);
    assertThat(venue.lost()).isEqualTo(venue.open());
    assertThat(venue.lost().length()).isEqualTo(DAY - 100 * MINUTE);
    assertThat(venue.requests() - requests).as("searches among them").isLessThan(4_000);
  }
}
