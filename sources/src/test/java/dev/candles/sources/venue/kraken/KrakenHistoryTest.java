package dev.candles.sources.venue.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradeWalk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which request a range becomes, and candles folded from a page of trades. */
class KrakenHistoryTest {
  private static final long OPEN_MS = 1_767_225_600_000L;
  private static final long MINUTE_MS = 60_000;
  private static final long DAY_MS = 86_400_000;
  private static final StreamKey BTC = new StreamKey("kraken", "BTC-USD", Timeframe.M1);
  private static final Market MARKET = new Market("BTC-USD", "BTC/USD", 0);

  private final Kraken kraken = new Kraken();

  /** A request for some minutes from {@link #OPEN_MS} on, a day later. */
  private RestQuery query(int minutes) {
    return query(minutes, OPEN_MS + DAY_MS);
  }

  private RestQuery query(int minutes, long nowMs) {
    return kraken.candles(
        BTC, MARKET, GapState.Page.of(OPEN_MS, OPEN_MS + minutes * MINUTE_MS), nowMs);
  }

  private RestAnswer answer(String body) {
    return kraken.decodeCandles(query(5), kraken.profile(), 200, body, OPEN_MS + DAY_MS);
  }

  private static String trades() throws IOException {
    String path = "/dev/candles/sources/venue/kraken/rest_trades.json";
    try (InputStream in = KrakenHistoryTest.class.getResourceAsStream(path)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static long since(RestQuery query) {
    String path = query.path();
    int from = path.indexOf("since=") + "since=".length();
    return Long.parseLong(path.substring(from, path.indexOf("&count")));
  }

  @ParameterizedTest
  @CsvSource({"BTC/USD, XBTUSD", "ETH/BTC, ETHXBT", "DOGE/USD, XDGUSD", "SOL/USD, SOLUSD"})
  void restIsAskedByItsOwnName(String name, String pair) {
    Market market = new Market("X-Y", name, 0);
    long now = OPEN_MS + 2 * MINUTE_MS;
    assertThat(
            kraken.candles(BTC, market, GapState.Page.of(OPEN_MS, OPEN_MS + MINUTE_MS), now).path())
        .isEqualTo("/0/public/OHLC?pair=" + pair + "&interval=1&since=1767225599");
  }

  @ParameterizedTest
  @CsvSource({"700, OHLC", "701, OHLC", "702, Trades", "100000, Trades"})
  void whatOhlcNoLongerReachesIsAskedOfTrades(int minutesBack, String endpoint) {
    assertThat(query(3, OPEN_MS + minutesBack * MINUTE_MS).path()).contains("/" + endpoint + "?");
  }

  @Test
  void aTimeframeThatOhlcDoesNotOfferIsFoldedFromTrades() {
    StreamKey three = BTC.in(Timeframe.M3);
    assertThat(
            kraken
                .candles(
                    three, MARKET, GapState.Page.of(OPEN_MS, OPEN_MS + 180_000), OPEN_MS + 200_000)
                .path())
        .contains("/Trades?");
  }

  @Test
  void aRequestWiderThanAPageIsOurOwnMistake() {
    assertThat(query(600).budget()).isEqualTo("public");
    assertThatThrownBy(() -> query(601))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a page of candles");
  }

  @Test
  void tradesBeginAnIntervalBeforeTheFirstWantedOneWhateverTheMargin() {
    TreeSet<Long> minutesBefore = new TreeSet<>();
    SplittableRandom random = new SplittableRandom(7);
    Intervals wanted = Intervals.of(OPEN_MS, OPEN_MS + MINUTE_MS);
    for (int i = 0; i < 200; i++) {
      int margin = random.nextInt(1, 100);
      GapState.Page page =
          new GapState.Page(
              wanted, OPEN_MS - margin * MINUTE_MS, OPEN_MS + (1 + margin) * MINUTE_MS);
      long now = OPEN_MS + DAY_MS + random.nextLong(DAY_MS);
      long since = since(kraken.candles(BTC, MARKET, page, now));
      minutesBefore.add((OPEN_MS - (since / 1_000_000 + 1)) / MINUTE_MS);
    }
    assertThat(minutesBefore).containsExactly(1L);
  }

  @Test
  void wholeMinutesOfAPageAreCandlesWithIdsAndCounts() throws IOException {
    RestAnswer answer = answer(trades());

    assertThat(answer.rejects()).isEmpty();
    assertThat(answer.forming())
        .as("the trades of the last minute may go on beyond the page")
        .containsExactly(OPEN_MS + 4 * MINUTE_MS);
    assertThat(answer.silent()).containsExactly(OPEN_MS + 2 * MINUTE_MS);
    assertThat(answer.candles())
        .extracting(Candle::openTimeMs)
        .containsExactly(OPEN_MS, OPEN_MS + MINUTE_MS, OPEN_MS + 3 * MINUTE_MS);
    assertThat(answer.candles().get(0))
        .isEqualTo(
            new Candle(
                BTC,
                OPEN_MS,
                new Ohlc(87500.1, 87555, 87480.5, 87531.9),
                new Volumes(1.60118021, 140077.20850455, 1.60000021),
                new TradeRange(4L, 1_200_000_001L, 1_200_000_004L),
                Provenance.first(Evidence.REST_TRADES, "rest", OPEN_MS + DAY_MS)));
  }

  @Test
  void theOrderOfRowsAndRepeatedRowsChangeNothing() throws IOException {
    String body = trades();
    int from = body.indexOf("[[") + 1;
    int to = body.indexOf("]]") + 1;
    List<String> rows = new ArrayList<>(List.of(body.substring(from, to).split("(?<=\\]),")));
    rows.add(rows.get(3));
    java.util.Collections.reverse(rows);

    assertThat(answer(body.substring(0, from) + String.join(",", rows) + body.substring(to)))
        .isEqualTo(answer(body));
  }

  @Test
  void numbersMayBeScientific() throws IOException {
    String body =
        trades()
            .replace("1767225780.0000001", "1.7672257800000001e9")
            .replace("\"1.5\"", "\"15e-1\"");

    assertThat(body).isNotEqualTo(trades());
    assertThat(answer(body)).isEqualTo(answer(trades()));
  }

  @Test
  void silenceIsOnlyProvenBetweenNeighbouringIds() throws IOException {
    RestAnswer answer =
        answer(
            trades()
                .replace("1200000006", "1200000016")
                .replace("1200000007", "1200000017")
                .replace("1200000008", "1200000018"));

    assertThat(answer.silent()).isEmpty();
    assertThat(answer.forming())
        .as("a minute with a trade is not silent")
        .containsExactly(
            OPEN_MS, OPEN_MS + MINUTE_MS, OPEN_MS + 3 * MINUTE_MS, OPEN_MS + 4 * MINUTE_MS);
    assertThat(answer.candles()).isEmpty();
  }

  @Test
  void minutesOutsideOfWhatWasAskedAreLeftOut() throws IOException {
    RestAnswer answer =
        kraken.decodeCandles(query(1), kraken.profile(), 200, trades(), OPEN_MS + DAY_MS);

    assertThat(answer.candles()).extracting(Candle::openTimeMs).containsExactly(OPEN_MS);
    assertThat(answer.silent()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "87480.50000 | -1",
        "87480.50000 | NaN",
        "\"1.5\" | null",
        "1200000003 | \"x\"",
        "1200000003 | 12.5",
        "1200000003 | 1200000002"
      })
  void anImpossibleTradeLeavesItsMinuteUnknown(String found, String put) throws IOException {
    RestAnswer answer = answer(trades().replace(found, put));

    assertThat(answer.candles()).extracting(Candle::openTimeMs).doesNotContain(OPEN_MS);
    assertThat(answer.silent()).doesNotContain(OPEN_MS);
    assertThat(answer.forming()).contains(OPEN_MS);
    assertThat(answer.rejects()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"x\"", "[]", "-5", "1e30", "99999999999999", "1167225780"})
  void aTradeWhoseTimeCannotBeReadMakesTheWholeAnswerUnreadable(String time) throws IOException {
    assertThat(answer(trades().replace("1767225780.0000001", time)).outcome())
        .isEqualTo(RestAnswer.Outcome.UNREADABLE);
  }

  @Test
  void whereTimeGoesBackNothingIsProven() throws IOException {
    RestAnswer answer = answer(trades().replace("1767225780.0000001", "1267225780"));

    assertThat(answer.silent()).isEmpty();
    assertThat(answer.candles()).isEmpty();
    assertThat(answer.forming()).contains(OPEN_MS, OPEN_MS + MINUTE_MS, OPEN_MS + 4 * MINUTE_MS);
    assertThat(answer(trades().replace("1767225660,", "1767225658.9,")).silent())
        .as("a second is not going back")
        .containsExactly(OPEN_MS + MINUTE_MS, OPEN_MS + 2 * MINUTE_MS);
  }

  @Test
  void aWalkThroughTradesGoesOnFromTheTimeOfItsLastOne() throws IOException {
    MissingTrades hole =
        new MissingTrades(
            OPEN_MS + MINUTE_MS,
            OPEN_MS + 2 * MINUTE_MS,
            MissingTrades.UNKNOWN,
            MissingTrades.UNKNOWN);
    TradeFetch span = TradeFetch.fresh(BTC, hole);
    TradeWalk walk = new TradeWalk(span, TradeEvidence.Ends.unknown(2_000));
    RestQuery first = kraken.trades(MARKET, span, walk).orElseThrow();
    assertThat(since(first)).isEqualTo((OPEN_MS - 22 * MINUTE_MS) * 1_000_000 - 1);
    walk.take(kraken.decodeTrades(first, 200, trades(), OPEN_MS + DAY_MS).trades());
    RestQuery second = kraken.trades(MARKET, span, walk).orElseThrow();
    assertThat(since(second))
        .isEqualTo(walk.trades().lastEntry().getValue().timeMs() * 1_000_000 - 1);
    assertThat(span.read(walk, OPEN_MS + DAY_MS).whole())
        .as("a trade ten minutes away on either side")
        .isTrue();
    long id =
        walk.trades().values().stream()
            .filter(trade -> trade.timeMs() >= hole.fromMs() && trade.timeMs() < hole.toMs())
            .mapToLong(Trade::id)
            .findFirst()
            .orElseThrow();
    MissingTrades chained = new MissingTrades(hole.fromMs(), hole.toMs(), id - 1, id + 1);
    assertThat(TradeFetch.fresh(BTC, chained).read(walk, OPEN_MS + DAY_MS).proven().candles())
        .extracting(Candle::tradeCount)
        .containsExactly(1L);
  }

  @ParameterizedTest
  @CsvSource({
    "87480.50000, -1, ROWS",
    "1200000003, 1200000002, ROWS",
    "1767225780.0000001, null, UNREADABLE"
  })
  void aPageWithAnImpossibleTradeTellsOfNoTradesThoughTheOthersAreRead(
      String found, String put, RestAnswer.Outcome outcome) throws IOException {
    RestQuery query = query(5);
    int all = kraken.decodeTrades(query, 200, trades(), OPEN_MS + DAY_MS).trades().size();
    RestAnswer answer =
        kraken.decodeTrades(query, 200, trades().replace(found, put), OPEN_MS + DAY_MS);

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.trades()).isEmpty();
    assertThat(answer.rejects()).hasSize(1);
    assertThat(answer.page().trades()).hasSize(all - 1);
    assertThat(answer.candles()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'1767225840031234567', 1767225840031234567",
    "'1767225840032000000', -9223372036854775808",
    "'1e30', -9223372036854775808",
    "'', -9223372036854775808"
  })
  void theLastStampIsBelievedAsFarAsTheRowsShowIt(String last, long latestNs) {
    String body =
        "{'error':[],'result':{'XBTUSD':[['5','1',1767225840.0312,'b','l','',7]],'last':'%s'}}"
            .formatted(last)
            .replace('\'', '"');
    RestAnswer answer = kraken.decodeTrades(query(5), 200, body, OPEN_MS + DAY_MS);
    assertThat(answer.trades()).hasSize(1);
    assertThat(answer.page().latestNs()).isEqualTo(latestNs);
  }

  @Test
  void aPageWithoutTradesProvesNothing() {
    RestAnswer answer =
        answer("{\"error\":[],\"result\":{\"XXBTZUSD\":[],\"last\":\"1767225599999999999\"}}");

    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.ROWS);
    assertThat(answer.candles()).isEmpty();
    assertThat(answer.silent()).isEmpty();
  }
}
