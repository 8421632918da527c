package dev.candles.sources.venue.coinbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.TradeVenueContract;
import dev.candles.sources.venue.Venue;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoinbaseTest extends TradeVenueContract {
  private static final long OPEN_S = OPEN_MS / 1_000;
  private static final String VALUES = "9,12,10,11,5";
  private final Coinbase coinbase = new Coinbase();

  /** Nor can the venue: what the whole answer shows is judged elsewhere. */
  @Override
  protected boolean tellsWhatIsInProgress() {
    return false;
  }

  @Override
  protected Venue venue() {
    return coinbase;
  }

  @Override
  protected String symbol() {
    return "BTC-USD";
  }

  @Override
  protected String heartbeatFrame() {
    return fixture("ws_heartbeat.json");
  }

  @Override
  protected Decoded heartbeat() {
    return new Decoded.LastTrade("BTC-USD", OPEN_MS + MINUTE_MS, FIRST_ID);
  }

  @Override
  protected int unknownSymbolStatus() {
    return 404;
  }

  @Override
  protected String taken(TakerSide taker) {
    String frame = fixture("ws_trade.json");
    return switch (taker) {
      case BUY -> frame;
      case SELL -> frame.replace("\"side\":\"sell\"", "\"side\":\"buy\"");
      case UNKNOWN -> frame.replace("\"side\":\"sell\",", "");
    };
  }

  @Override
  protected String trade(String id, String price, String size, String time) {
    return "{\"type\":\"match\",\"product_id\":\"BTC-USD\",\"trade_id\":"
        + id
        + ",\"price\":"
        + price
        + ",\"size\":"
        + size
        + ",\"time\":\""
        + time
        + "\"}";
  }

  private static String page(String... rows) {
    return "[" + String.join(",", rows) + "]";
  }

  @Override
  protected int mostRows() {
    return CoinbaseRest.MAX_ROWS;
  }

  @Override
  protected String pageOf(int rows) {
    return page(Collections.nCopies(rows, row(OPEN_S, VALUES)).toArray(String[]::new));
  }

  private static String row(long openS, String values) {
    return "[" + openS + "," + values + "]";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"last_trade_id\":1200000001 | \"x\":1 | MISSING_FIELD",
        "1200000001 | -1 | WRONG_TYPE",
        "1200000001 | 1.5 | WRONG_TYPE",
        "1200000001 | [1] | WRONG_TYPE",
        "2026-01-01T00:01:00.000000Z | soon | WRONG_TYPE",
        "2026-01-01T00:01:00.000000Z | 2026-01-01T01:05:01Z | ABSURD_TIME",
        "BTC-USD | BTC/USD | UNKNOWN_SYMBOL"
      })
  void anImpossibleHeartbeatIsRejected(String found, String put, RejectReason reason) {
    assertThat(rejection(heartbeatFrame().replace(found, put))).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trade_id", "price", "size", "time", "product_id", "type"})
  void aTradeWithoutAFieldIsRejected(String field) {
    assertThat(decode(dataFrame().replace('"' + field + '"', "\"gone\"")))
        .singleElement()
        .isInstanceOf(Decoded.Rejected.class);
  }

  @Test
  void aFrameOfManyValuesIsRejected() {
    String products = String.join(",", Collections.nCopies(5_001, "\"BTC-USD\""));
    String frame = fixture("ws_subscribed.json").replace("\"BTC-USD\"", products);
    assertThat(rejection(frame)).isEqualTo(RejectReason.MALFORMED);
  }

  @Test
  void anUnknownTypeIsRejectedAndOtherChannelsAreNot() {
    assertThat(rejection("{\"type\":\"news\"}")).isEqualTo(RejectReason.UNKNOWN_EVENT);
    assertThat(rejection("{\"type\":7}")).isEqualTo(RejectReason.UNKNOWN_EVENT);
    assertThat(decode("{\"type\":\"ticker\",\"price\":{\"x\":[]}}"))
        .containsExactly(new Decoded.Other("ticker"));
  }

  @Test
  void theListOfSubscriptionsNamesEachMarketOnce() {
    String frame = fixture("ws_subscribed.json").replace("[\"BTC-USD\"]", "[\"B-USD\",\"A-USD\"]");

    assertThat(decode(frame))
        .containsExactly(new Decoded.Subscribed("B-USD"), new Decoded.Subscribed("A-USD"));
    assertThat(decode(fixture("ws_unsubscribed.json")))
        .containsExactly(new Decoded.Status("subscriptions"));
    assertThat(rejection("{\"type\":\"subscriptions\"}")).isEqualTo(RejectReason.MISSING_FIELD);
  }

  @ParameterizedTest
  @CsvSource({
    "ErrSlowRead, Closing",
    "Message too big, Closing",
    "Rate limit exceeded, Throttled",
    "Malformed JSON, Rejected",
    "NOPE-USD is not a valid product, Rejected"
  })
  void anErrorSaysWhatItCan(String message, String kind) {
    assertThat(decode("{\"type\":\"error\",\"message\":\"" + message + "\"}"))
        .singleElement()
        .extracting(decoded -> decoded.getClass().getSimpleName())
        .isEqualTo(kind);
  }

  @Test
  void anInvalidProductIsRefused() {
    String frame = fixture("ws_refused.json").replace("is delisted", "is not a valid product");
    assertThat(decode(frame)).singleElement().isInstanceOf(Decoded.Refused.class);
  }

  /** A line of the log tells it. */
  @Test
  void whyAProductIsRefusedIsShortHoweverMuchIsSaid() {
    String frame = fixture("ws_refused.json").replace("is delisted", "is delisted ".repeat(5_000));
    assertThat(decode(frame))
        .singleElement()
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.detail()).contains("delisted").hasSizeLessThan(500));
  }

  @Test
  void subscriptionsAreBatchedAndNameEachMarketOnce() {
    List<Market> markets =
        IntStream.range(0, 120)
            .mapToObj(i -> new Market("COIN" + i + "-USD", "COIN" + i + "-USD", 0))
            .toList();

    List<String> requests = coinbase.subscribe(markets);

    assertThat(requests).hasSize(3).allMatch(request -> request.length() < 2_000);
    String all = String.join("", requests);
    assertThat(markets).allMatch(m -> all.split("\"" + m.symbol() + "\"", -1).length == 2);
    assertThat(coinbase.unsubscribe(markets.subList(0, 1)))
        .containsExactly(
            "{\"type\":\"unsubscribe\",\"product_ids\":[\"COIN0-USD\"],"
                + "\"channels\":[\"matches\",\"heartbeat\"]}");
    assertThatThrownBy(() -> coinbase.subscribe(List.of(new Market("A-B", "\"A-B", 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a spot symbol");
  }

  @Test
  void boundsAreInclusiveOnBothSides() {
    RestQuery query = query(5);

    assertThat(query.path())
        .isEqualTo(
            "/products/BTC-USD/candles?granularity=60"
                + "&start=2026-01-01T00:00:00Z&end=2026-01-01T00:04:00Z");
    assertThat(coinbase.profile().budgets()).containsKey(query.budget());
  }

  @Test
  void whatTheVenueWouldRefuseIsOurOwnMistake() {
    assertThat(query(300).path()).contains("end=2026-01-01T04:59:00Z");
    assertThatThrownBy(() -> query(301))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a page of candles");
    StreamKey thirty = new StreamKey("coinbase", "BTC-USD", Timeframe.M30);
    Market market = new Market("BTC-USD", "BTC-USD", 0);
    assertThatThrownBy(
            () ->
                coinbase.candles(
                    thirty, market, GapState.Page.of(OPEN_MS, OPEN_MS + 30 * MINUTE_MS), AFTER_MS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not offered");
  }

  @Test
  void aRowKeepsTheVenuesNumbers() {
    Candle candle = answer(200, fixture("rest_page_with_gap.json")).candles().get(0);

    assertThat(candle.open()).isEqualTo(87500.1);
    assertThat(candle.high()).isEqualTo(87555);
    assertThat(candle.low()).isEqualTo(87480.5);
    assertThat(candle.close()).isEqualTo(87531.9);
    assertThat(candle.volume()).isEqualTo(5.90112);
    assertThat(candle.provenance().source()).isEqualTo("rest");
    String tiny = page(row(OPEN_S, "9.4e-06,1.2e-05,1e-05,1.1E-5,1e-8"));
    assertThat(answer(200, tiny).candles().get(0).volume()).isEqualTo(1e-8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9,12,10,11 | MALFORMED",
        "9,12,10,11,5,1 | MALFORMED",
        "9,12,10,null,5 | WRONG_TYPE",
        "9,12,10,[11],5 | WRONG_TYPE",
        "9,12,10,\"NaN\",5 | WRONG_TYPE",
        "9,12,10,1e999,5 | WRONG_TYPE",
        "9,12,10,-11,5 | BAD_PRICE",
        "9,12,10,13,5 | BAD_OHLC",
        "9,12,10,11,-5 | BAD_VOLUME"
      })
  void anImpossibleRowIsNeitherACandleNorAHole(String values, RejectReason reason) {
    RestAnswer answer = answer(200, page(row(OPEN_S, values)));

    assertThat(answer.candles()).isEmpty();
    assertThat(answer.forming()).containsExactly(OPEN_MS);
    assertThat(answer.rejects()).singleElement().extracting("reason").isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "-60", "1e9", "\"x\"", "1767225601", "999999999999999999", "[]"})
  void aRowWhoseTimeCannotBeReadMakesTheWholeAnswerUnreadable(String time) {
    String odd = "[" + time + "," + VALUES + "]";
    RestAnswer answer = answer(200, page(row(OPEN_S, VALUES), odd));

    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.UNREADABLE);
    assertThat(answer.rejects()).hasSize(1);
  }

  @Test
  void rowsBeforeTheStartAreLeftOutAndRowsAfterTheEndRejected() {
    RestAnswer answer =
        answer(200, page(row(OPEN_S + 300, VALUES), row(OPEN_S, VALUES), row(OPEN_S - 60, VALUES)));

    assertThat(answer.candles()).hasSize(1);
    assertThat(answer.rejects()).hasSize(1);
  }

  @Test
  void differingRowsOfOneMinuteAreNotBelieved() {
    String row = row(OPEN_S, VALUES);

    assertThat(answer(200, page(row, row)).candles()).hasSize(1);
    RestAnswer differing = answer(200, page(row, row(OPEN_S, "9,12,10,11,6")));
    assertThat(differing.candles()).isEmpty();
    assertThat(differing.forming()).containsExactly(OPEN_MS);
  }

  @Test
  void anEmptyRangeIsAnAnswer() {
    assertThat(answer(200, "[]").outcome()).isEqualTo(RestAnswer.Outcome.ROWS);
    assertThat(answer(200, "[]").candles()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"400, rest_no_user_agent.json", "404, html.txt", "500, rest_page_with_gap.json"})
  void whatIsNoAnswerFailsAndSaysWhy(int status, String file) {
    RestAnswer answer = answer(status, fixture(file));
    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
    assertThat(answer.error()).contains("status=" + status);
  }

  @Test
  void aThrottleMayComeAsHtml() {
    assertThat(answer(429, fixture("html.txt")).outcome()).isEqualTo(RestAnswer.Outcome.THROTTLED);
  }

  @Test
  void theCatalogueHoldsWhatTradesNow() throws IOException {
    assertThat(coinbase.decodeCatalogue(200, fixture("rest_products.json")))
        .containsExactly(new Market("BTC-USD", "BTC-USD", 0), new Market("ETH-USD", "ETH-USD", 0));
  }

  @ParameterizedTest
  @CsvSource({"400, rest_no_user_agent.json, User-Agent", "200, rest_throttled.json, rate limit"})
  void whatIsNoCatalogueSaysWhy(int status, String file, String why) {
    assertThatThrownBy(() -> coinbase.decodeCatalogue(status, fixture(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> coinbase.decodeCatalogue(200, "[]"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no open market");
  }
}
