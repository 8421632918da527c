package dev.candles.sources.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.CandleVenueContract;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Venue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OkxTest extends CandleVenueContract {
  private static final String VALUES = "\"10\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"";
  private final Okx okx = new Okx();

  @Override
  protected Venue venue() {
    return okx;
  }

  @Override
  protected String symbol() {
    return "BTC-USDT";
  }

  @Override
  protected String heartbeatFrame() {
    return fixture("ws_heartbeat.txt");
  }

  private static String frame(String row) {
    return "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"BTC-USDT\"},\"data\":[" + row + "]}";
  }

  private static String page(String... rows) {
    return "{\"code\":\"0\",\"msg\":\"\",\"data\":[" + String.join(",", rows) + "]}";
  }

  @Override
  protected int mostRows() {
    return OkxEnvelope.MAX_ELEMENTS;
  }

  @Override
  protected String pageOf(int rows) {
    return page(Collections.nCopies(rows, row(OPEN_MS, VALUES, "1")).toArray(String[]::new));
  }

  private static String row(long openMs, String values, String confirm) {
    return "[\"" + openMs + "\"," + values + ",\"" + confirm + "\"]";
  }

  @Test
  void aClosedRowKeepsTheVenuesNumbers() {
    Candle candle = fold(fixture("ws_candle_final.json")).candle();

    assertThat(candle.open()).isEqualTo(87500.1);
    assertThat(candle.high()).isEqualTo(87555);
    assertThat(candle.low()).isEqualTo(87480.5);
    assertThat(candle.close()).isEqualTo(87531.9);
    assertThat(candle.volume()).isEqualTo(5.90112);
    assertThat(candle.quoteVolume()).isEqualTo(516430.1);
    assertThat(candle.tradeCount()).isNull();
    assertThat(fold(fixture("ws_candle_final_8_fields.json")).candle()).isEqualTo(candle);
  }

  @Test
  void numbersMayBeScientific() {
    String values = "\"1E+1\",\"1.2e1\",\"9\",\"11\",\"5e-08\",\"5e-07\",\"5e-07\"";
    Candle candle = fold(frame(row(OPEN_MS, values, "1"))).candle();

    assertThat(candle.open()).isEqualTo(10);
    assertThat(candle.high()).isEqualTo(12);
    assertThat(candle.volume()).isEqualTo(5e-8);
    assertThat(answer(200, page(row(OPEN_MS, values, "1"))).candles())
        .singleElement()
        .extracting(Candle::volume)
        .isEqualTo(5e-8);
  }

  @Test
  void allRowsOfAFrameAreRead() {
    assertThat(decode(fixture("ws_candle_rollover.json")))
        .hasSize(2)
        .last()
        .isInstanceOfSatisfying(
            Decoded.Forming.class,
            forming -> assertThat(forming.soFar().openTimeMs()).isEqualTo(OPEN_MS + MINUTE_MS));
  }

  @Test
  void anUpgradeNoticeMeansClosing() {
    assertThat(decode(fixture("ws_closing.json")).get(0)).isInstanceOf(Decoded.Closing.class);
  }

  @Test
  void tooManyRequestsMeanThrottled() {
    assertThat(decode(fixture("ws_throttled.json")).get(0)).isInstanceOf(Decoded.Throttled.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"NaN\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | WRONG_TYPE",
        "'\"Infinity\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | WRONG_TYPE",
        "'\"0x1p3\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | WRONG_TYPE",
        "'\"10d\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | WRONG_TYPE",
        "'\"\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | WRONG_TYPE",
        "'10,\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | WRONG_TYPE",
        "'null,\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | WRONG_TYPE",
        "'[\"10\"],\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | WRONG_TYPE",
        "'\"1e999\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | BAD_PRICE",
        "'\"-10\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | BAD_PRICE",
        "'\"0\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\"' | BAD_PRICE",
        "'\"10\",\"10.5\",\"9\",\"11\",\"5\",\"50\",\"50\"' | BAD_OHLC",
        "'\"10\",\"12\",\"10.5\",\"11\",\"5\",\"50\",\"50\"' | BAD_OHLC",
        "'\"10\",\"12\",\"9\",\"11\",\"-5\",\"50\",\"50\"' | BAD_VOLUME",
        "'\"10\",\"12\",\"9\",\"11\",\"1e308\",\"50\",\"50\"' | BAD_VOLUME",
        "'\"10\",\"12\",\"9\",\"11\",\"5\",\"50\",\"1e308\"' | BAD_VOLUME",
        "'\"10\",\"1e308\",\"9\",\"11\",\"5\",\"50\",\"50\"' | BAD_PRICE",
        "'\"10\",\"12\",\"9\",\"11\",\"5\"' | MISSING_FIELD",
        "'\"10\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\",\"1\"' | MALFORMED",
      })
  void anImpossibleRowIsRejectedWithItsReason(String values, RejectReason reason) {
    assertThat(rejection(frame(row(OPEN_MS, values, "1")))).isEqualTo(reason);
    assertThat(rejection(frame(row(OPEN_MS, values, "0")))).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "1767225600001, MISALIGNED_TIME",
    "1262303940000, ABSURD_TIME",
    "1767400000000, ABSURD_TIME",
    "999999999999999999, ABSURD_TIME",
    "99999999999999999999, WRONG_TYPE",
    "-60000, WRONG_TYPE",
    "1.7672256e12, WRONG_TYPE"
  })
  void anImpossibleTimeIsRejectedWithItsReason(String time, RejectReason reason) {
    assertThat(rejection(frame("[\"" + time + "\"," + VALUES + ",\"1\"]"))).isEqualTo(reason);
  }

  @Test
  void aRowClosedBeforeItsEndIsRejectedWhereNoClockCanBeSoWrong() {
    long open = AFTER_MS + 3_600_000;
    assertThat(rejection(frame(row(open, VALUES, "1")))).isEqualTo(RejectReason.NOT_OVER);

    List<Decoded> out = new ArrayList<>();
    okx.decode(frame(row(OPEN_MS, VALUES, "1")), OPEN_MS + MINUTE_MS - 3_600_000, out::add);
    okx.decode(frame(row(OPEN_MS, VALUES, "1")), OPEN_MS + MINUTE_MS - 3_600_001, out::add);
    assertThat(out.get(0)).isInstanceOf(Decoded.Closed.class);
    assertThat(out.get(1)).isInstanceOf(Decoded.Rejected.class);
  }

  @ParameterizedTest
  @CsvSource({
    "candle1x, BTC-USDT, UNKNOWN_CHANNEL",
    "klines, BTC-USDT, UNKNOWN_CHANNEL",
    "candle1m, BTC-USDT-SWAP, UNKNOWN_SYMBOL",
    "candle1m, ../x, UNKNOWN_SYMBOL"
  })
  void whatNobodyAskedForIsRejected(String channel, String symbol, RejectReason reason) {
    String frame = frame(row(OPEN_MS, VALUES, "1"));
    assertThat(rejection(frame.replace("candle1m", channel).replace("BTC-USDT", symbol)))
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"candle5m", "candle1Dutc", "trades", "tickers", "books", "bbo-tbt"})
  void aFrameOfAnotherChannelIsPassedOver(String channel) {
    assertThat(decode(frame("{}").replace("candle1m", channel)))
        .containsExactly(new Decoded.Other(channel));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event':'subscribe','arg':{'channel':'status'},'connId':'a'}",
        "{'arg':{'channel':'status'},'data':[{'title':'Spot upgrade','begin':'1767225600000'}]}",
        "{'event':'subscribe','arg':{'channel':'instruments','instType':'SPOT'},'connId':'a'}",
        "{'arg':{'channel':'instruments','instType':'SPOT'},"
            + "'data':[{'instId':'BTC-USDT','instIdCode':3,'tradeQuoteCcyList':['USDT']}]}"
      })
  void aChannelOfNoMarketIsPassedOverToo(String frame) {
    assertThat(decode(frame.replace('\'', '"')))
        .containsExactly(new Decoded.Other(frame.contains("status") ? "status" : "instruments"));
  }

  @Test
  void aFrameOfManyRowsIsTooLarge() {
    String row = row(OPEN_MS, VALUES, "1");
    assertThat(rejection(frame(String.join(",", Collections.nCopies(501, row)))))
        .isEqualTo(RejectReason.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"channel", "instId"})
  void aRowOfTwoChannelsOrMarketsIsOfNone(String field) {
    String frame = frame(row(OPEN_MS, VALUES, "1"));
    String other = "\"" + field + "\":\"ETH-USDT\",";
    assertThat(rejection(frame.replace("\"arg\":{", "\"arg\":{" + other)))
        .isEqualTo(RejectReason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"event\":\"x\"}", "{\"event\":\"notice\",\"code\":\"1\"}"})
  void anEventOfAnUnknownKindIsRejected(String frame) {
    assertThat(rejection(frame)).isEqualTo(RejectReason.UNKNOWN_EVENT);
  }

  @Test
  void subscriptionsAreBatchedBelowTheLimitAndNameEachMarketOnce() {
    List<Market> markets =
        IntStream.range(0, 1_500)
            .mapToObj(i -> new Market("COIN" + i + "-USDT", "COIN" + i + "-USDT", 0))
            .toList();

    List<String> requests = okx.subscribe(markets);

    assertThat(requests).hasSizeBetween(2, 10).allMatch(request -> request.length() < 20_000);
    String all = String.join("", requests);
    assertThat(markets).allMatch(m -> all.split("\"" + m.symbol() + "\"", -1).length == 2);
    assertThat(okx.unsubscribe(markets.subList(0, 1)))
        .containsExactly(
            "{\"op\":\"unsubscribe\",\"args\":[{\"channel\":\"candle1m\",\"instId\":\"COIN0-USDT\"}]}");
  }

  @Test
  void boundsAreExclusiveOnBothSides() {
    RestQuery query = query(5);

    assertThat(query.path())
        .isEqualTo(
            "/api/v5/market/candles?instId=BTC-USDT&bar=1m&after=1767225900000"
                + "&before=1767225599999&limit=300");
    assertThat(query.budget()).isEqualTo("candles");
  }

  @ParameterizedTest
  @CsvSource({"1430, candles", "1431, history"})
  void whatIsOlderThanTheRecentWindowIsAskedOfHistory(int minutesBack, String budget) {
    StreamKey stream = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
    long from = AFTER_MS - minutesBack * MINUTE_MS;
    RestQuery query =
        okx.candles(
            stream,
            new Market("BTC-USDT", "BTC-USDT", 0),
            GapState.Page.of(from, from + MINUTE_MS),
            AFTER_MS);

    assertThat(query.budget()).isEqualTo(budget);
    assertThat(okx.profile().budgets()).containsKey(budget);
  }

  @Test
  void aRequestWiderThanAPageIsOurOwnMistake() {
    assertThatThrownBy(() -> query(301))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a page of candles");
  }

  @Test
  void throttlingMayComeWithStatus200() {
    assertThat(answer(200, fixture("rest_throttled.json")).outcome())
        .isEqualTo(RestAnswer.Outcome.THROTTLED);
    assertThat(answer(429, fixture("html.txt")).outcome()).isEqualTo(RestAnswer.Outcome.THROTTLED);
  }

  @Test
  void aServiceThatIsDownFails() {
    RestAnswer answer = answer(503, fixture("rest_unavailable.json"));
    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
    assertThat(answer.error()).contains("50001");
  }

  @Test
  void anImpossibleRowIsNeitherACandleNorAHole() {
    RestAnswer answer = answer(200, page(row(OPEN_MS, VALUES.replace("12", "1"), "1")));

    assertThat(answer.candles()).isEmpty();
    assertThat(answer.forming()).containsExactly(OPEN_MS);
    assertThat(answer.rejects()).hasSize(1);
  }

  @Test
  void equalRowsCollapseAndDifferingOnesAreNotBelieved() {
    String other = row(OPEN_MS, VALUES.replace("\"5\"", "\"6\""), "1");
    String row = row(OPEN_MS, VALUES, "1");

    assertThat(answer(200, page(row, row)).candles()).hasSize(1);
    RestAnswer differing = answer(200, page(row, other));
    assertThat(differing.candles()).isEmpty();
    assertThat(differing.forming()).containsExactly(OPEN_MS);
    assertThat(differing.rejects()).hasSize(1);
  }

  @Test
  void aRowOutsideOfWhatWasAskedIsRejected() {
    RestAnswer answer =
        answer(
            200,
            page(row(OPEN_MS + 5 * MINUTE_MS, VALUES, "0"), row(OPEN_MS - MINUTE_MS, VALUES, "1")));

    assertThat(answer.candles()).isEmpty();
    assertThat(answer.forming()).isEmpty();
    assertThat(answer.rejects()).hasSize(2);
  }

  @Test
  void aRowWhoseTimeCannotBeReadMakesTheWholeAnswerUnreadable() {
    RestAnswer answer = answer(200, page(row(OPEN_MS, VALUES, "1"), row(OPEN_MS + 1, VALUES, "1")));

    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.UNREADABLE);
    assertThat(answer.rejects()).hasSize(1);
  }

  @Test
  void theCatalogueHoldsLiveSpotMarketsOnly() throws IOException {
    assertThat(okx.decodeCatalogue(200, fixture("rest_instruments.json")))
        .containsExactly(
            new Market("BTC-USDT", "BTC-USDT", 1_611_907_686_000L),
            new Market("ETH-USDT", "ETH-USDT", 0));
  }

  @Test
  void whatIsNoCatalogueSaysWhy() {
    assertThatThrownBy(() -> okx.decodeCatalogue(503, fixture("rest_unavailable.json")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("50001");
    assertThatThrownBy(() -> okx.decodeCatalogue(200, page()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no open market");
  }
}
