package dev.candles.sources.venue.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import dev.candles.core.repair.RestAnswer;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.TradeVenueContract;
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

class KrakenTest extends TradeVenueContract {
  private static final long OPEN_S = OPEN_MS / 1_000;
  private static final String VALUES = "\"10\",\"12\",\"9\",\"11\",\"10.5\",\"5\",3";
  private final Kraken kraken = new Kraken();

  @Override
  protected Venue venue() {
    return kraken;
  }

  @Override
  protected String symbol() {
    return "BTC-USD";
  }

  @Override
  protected String venueSymbol() {
    return "BTC/USD";
  }

  @Override
  protected String heartbeatFrame() {
    return fixture("ws_heartbeat.json");
  }

  @Override
  protected String taken(TakerSide taker) {
    String frame = fixture("ws_trade.json");
    return switch (taker) {
      case BUY -> frame;
      case SELL -> frame.replace("\"side\":\"buy\"", "\"side\":\"sell\"");
      case UNKNOWN -> frame.replace("\"side\":\"buy\",", "");
    };
  }

  @Override
  protected String trade(String id, String price, String size, String time) {
    return "{\"channel\":\"trade\",\"type\":\"update\",\"data\":["
        + row(id, price, size, time)
        + "]}";
  }

  private static String row(String id, String price, String size, String time) {
    return "{\"symbol\":\"BTC/USD\",\"trade_id\":"
        + id
        + ",\"price\":"
        + price
        + ",\"qty\":"
        + size
        + ",\"timestamp\":\""
        + time
        + "\"}";
  }

  private static String page(long lastOpenS, String... rows) {
    return "{\"error\":[],\"result\":{\"XXBTZUSD\":["
        + String.join(",", rows)
        + "],\"last\":"
        + lastOpenS
        + "}}";
  }

  @Override
  protected int mostRows() {
    return KrakenRest.MAX_ROWS;
  }

  @Override
  protected String pageOf(int rows) {
    List<String> all = new ArrayList<>(Collections.nCopies(rows - 1, ohlc(OPEN_S, VALUES)));
    all.add(ohlc(OPEN_S + 60, VALUES));
    return page(OPEN_S, all.toArray(String[]::new));
  }

  private static String ohlc(long openS, String values) {
    return "[" + openS + "," + values + "]";
  }

  /** A page of the row in question and a row in progress after it. */
  private RestAnswer only(String row) {
    return answer(200, page(OPEN_S, row, ohlc(OPEN_S + 60, VALUES)));
  }

  @Test
  void aPongIsAliveAndAStatusSaysTheSystemsState() {
    assertThat(decode(fixture("ws_pong.json"))).containsExactly(new Decoded.Alive());
    assertThat(decode(fixture("ws_status.json"))).containsExactly(new Decoded.Status("online"));
  }

  @Test
  void aMaintenanceIsNotTheEndOfTheConnectionAndAnUnknownStateIsRejected() {
    String status = fixture("ws_status.json");
    assertThat(decode(status.replace("\"online\"", "\"maintenance\"")))
        .containsExactly(new Decoded.Status("maintenance"));
    assertThat(rejection(status.replace("\"online\"", "\"asleep\"")))
        .isEqualTo(RejectReason.UNKNOWN_EVENT);
    assertThat(rejection("{\"channel\":\"status\"}")).isEqualTo(RejectReason.UNKNOWN_EVENT);
  }

  @Test
  void tradesOfOneFrameComeAscendingPerSymbolWithoutTheImpossibleOnes() {
    String time = "2026-01-01T00:00:00Z";
    String frame =
        "{\"channel\":\"trade\",\"type\":\"update\",\"data\":["
            + String.join(
                ",",
                row("8", "1", "1", time),
                row("5", "1", "1", time).replace("BTC", "ETH"),
                row("9", "-1", "1", time),
                row("7", "1", "1", time))
            + "]}";

    List<Decoded> out = decode(frame);

    assertThat(out).hasSize(3);
    assertThat(out.get(0)).isInstanceOf(Decoded.Rejected.class);
    assertThat(((Decoded.Traded) out.get(1)).trades())
        .extracting(Trade::id)
        .containsExactly(7L, 8L);
    assertThat(((Decoded.Traded) out.get(2)).symbol()).isEqualTo("ETH-USD");
  }

  @ParameterizedTest
  @CsvSource({
    "\"update\", \"news\", UNKNOWN_EVENT",
    "\"trade\", \"news\", UNKNOWN_CHANNEL",
    "\"trade\", [1], UNKNOWN_CHANNEL",
    "\"channel\", \"x\", MISSING_FIELD",
    "\"data\", \"x\", MISSING_FIELD",
    "\"symbol\", \"x\", UNKNOWN_SYMBOL",
    "\"trade_id\", \"x\", MISSING_FIELD",
    "\"price\", \"x\", MISSING_FIELD",
    "\"qty\", \"x\", MISSING_FIELD",
    "\"timestamp\", \"x\", WRONG_TYPE"
  })
  void anOddFrameIsRejectedWithItsReason(String found, String put, RejectReason reason) {
    assertThat(rejection(dataFrame().replace(found, put))).isEqualTo(reason);
  }

  @Test
  void aFrameOfManyTradesIsTooLarge() {
    String row = row("7", "1", "1", "2026-01-01T00:00:00Z");
    String rows = String.join(",", Collections.nCopies(5_001, row));
    assertThat(rejection("{\"channel\":\"trade\",\"type\":\"update\",\"data\":[" + rows + "]}"))
        .isEqualTo(RejectReason.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "Currency pair not in ISO 4217-A3 format BTC/USD, Refused",
    "Already subscribed, Subscribed",
    "Exceeded msg rate, Throttled",
    "Subscription depth not supported, Rejected"
  })
  void aFailedSubscriptionSaysWhatItCan(String error, String kind) {
    String frame = fixture("ws_refused.json").replace("Currency pair not supported BTC/USD", error);
    assertThat(decode(frame))
        .singleElement()
        .extracting(decoded -> decoded.getClass().getSimpleName())
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscribe", "unsubscribe", "ping"})
  void whateverItRefusesForTheRateOfMessagesItAsksToSlowDown(String method) {
    String frame =
        "{\"method\":\"" + method + "\",\"success\":false,\"error\":\"Exceeded msg rate\"}";
    assertThat(decode(frame)).containsExactly(new Decoded.Throttled("Exceeded msg rate"));
  }

  @Test
  void acknowledgementsOfOtherKindsProveNothing() {
    String ack = fixture("ws_subscribed.json");
    assertThat(decode(ack.replace("\"subscribe\"", "\"unsubscribe\"")))
        .containsExactly(new Decoded.Status("unsubscribe"));
    assertThat(decode(ack.replace("\"trade\"", "\"book\"")))
        .containsExactly(new Decoded.Other("book"));
    assertThat(rejection(ack.replace("\"trade\"", "\"news\"")))
        .isEqualTo(RejectReason.UNKNOWN_CHANNEL);
    assertThat(rejection(ack.replace("BTC/USD", "../x"))).isEqualTo(RejectReason.UNKNOWN_SYMBOL);
    assertThat(rejection("{\"method\":\"x\"}")).isEqualTo(RejectReason.UNKNOWN_EVENT);
  }

  @Test
  void subscriptionsAreBatchedAndNameEachMarketOnce() {
    List<Market> markets =
        IntStream.range(0, 120)
            .mapToObj(i -> new Market("COIN" + i + "-USD", "COIN" + i + "/USD", 0))
            .toList();

    List<String> requests = kraken.subscribe(markets);

    assertThat(requests).hasSize(3).allMatch(request -> request.contains("\"snapshot\":true"));
    String all = String.join("", requests);
    assertThat(markets).allMatch(m -> all.split("\"" + m.venueSymbol() + "\"", -1).length == 2);
    assertThat(kraken.unsubscribe(markets.subList(0, 1)))
        .containsExactly(
            "{\"method\":\"unsubscribe\",\"params\":{\"channel\":\"trade\","
                + "\"symbol\":[\"COIN0/USD\"]}}");
    assertThatThrownBy(() -> kraken.subscribe(List.of(new Market("A-B", "A-B", 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a pair");
  }

  @Test
  void aRowWithoutTradesIsTheVenuesWordForSilence() {
    RestAnswer answer = answer(200, fixture("rest_page_with_gap.json"));

    assertThat(answer.candles())
        .filteredOn(FlatRow::matches)
        .extracting(Candle::openTimeMs)
        .containsExactly(OPEN_MS + 2 * MINUTE_MS);
    assertThat(answer.candles().get(0).tradeCount()).isEqualTo(37);
    assertThat(answer.candles().get(0).volume()).isEqualTo(5.90112);
    assertThat(answer.candles().get(0).firstTradeId()).isNull();
  }

  @Test
  void numbersOfARowMayBeScientific() {
    RestAnswer answer =
        only(ohlc(OPEN_S, "\"1E+1\",\"1.2e1\",\"9\",\"11\",\"10.5\",\"9.417e-05\",3"));

    assertThat(answer.candles().get(0).high()).isEqualTo(12);
    assertThat(answer.candles().get(0).volume()).isEqualTo(0.00009417);
  }

  @Test
  void aConnectionIdBeyondALongIsNoProblem() {
    assertThat(fixture("ws_status.json")).contains("\"connection_id\":18125794168470749634");
    for (String id : List.of("18446744073709551615", "\"18446744073709551615\"", "-1", "1e99")) {
      String frame = fixture("ws_status.json").replace("18125794168470749634", id);
      assertThat(decode(frame)).containsExactly(new Decoded.Status("online"));
    }
  }

  @Test
  void aMinuteWithoutARowIsUnknownNotSilent() {
    RestAnswer answer =
        answer(200, page(OPEN_S + 120, ohlc(OPEN_S, VALUES), ohlc(OPEN_S + 180, VALUES)));

    assertThat(answer.candles()).hasSize(1);
    assertThat(answer.silent()).isEmpty();
    assertThat(answer.forming())
        .containsExactly(OPEN_MS + MINUTE_MS, OPEN_MS + 2 * MINUTE_MS, OPEN_MS + 3 * MINUTE_MS);
  }

  @Test
  void whatTheVenueHasNotCommittedIsInProgress() {
    String first = ohlc(OPEN_S, VALUES);
    assertThat(answer(200, page(OPEN_S, first)).candles()).as("the last row").isEmpty();
    assertThat(answer(200, page(OPEN_S - 60, first, ohlc(OPEN_S + 60, VALUES))).forming())
        .as("after last")
        .containsExactly(OPEN_MS, OPEN_MS + MINUTE_MS);
    String late = ohlc(OPEN_S + 240, VALUES);
    assertThat(answer(200, page(OPEN_S + 240, late, ohlc(OPEN_S + 300, VALUES))).forming())
        .as("our clock has no say")
        .isEmpty();
  }

  @Test
  void rowsOutsideOfWhatWasAskedAreLeftOut() {
    RestAnswer answer =
        answer(200, page(OPEN_S, ohlc(OPEN_S - 60, VALUES), ohlc(OPEN_S + 600, VALUES)));

    assertThat(answer.candles()).isEmpty();
    assertThat(answer.rejects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"10\",\"12\",\"9\",\"11\",\"10.5\",\"5\"' | MALFORMED",
        "'\"10\",\"12\",\"9\",\"11\",\"10.5\",\"5\",3,1' | MALFORMED",
        "'\"NaN\",\"12\",\"9\",\"11\",\"10.5\",\"5\",3' | WRONG_TYPE",
        "'null,\"12\",\"9\",\"11\",\"10.5\",\"5\",3' | WRONG_TYPE",
        "'\"10\",\"12\",\"9\",\"11\",\"10.5\",\"5\",3.5' | WRONG_TYPE",
        "'\"10\",\"12\",\"9\",\"11\",\"10.5\",\"5\",-3' | WRONG_TYPE",
        "'\"10\",\"12\",\"9\",\"11\",\"10.5\",\"5\",0' | BAD_VOLUME",
        "'\"10\",\"12\",\"9\",\"11\",\"10.5\",\"0\",0' | BAD_OHLC",
        "'\"10\",\"12\",\"9\",\"11\",\"10.5\",\"-5\",3' | BAD_VOLUME",
        "'\"10\",\"12\",\"9\",\"11\",\"10.5\",\"5\",999999999999999999' | BAD_VOLUME",
        "'\"-10\",\"12\",\"9\",\"11\",\"10.5\",\"5\",3' | BAD_PRICE",
        "'\"10\",\"10.5\",\"9\",\"11\",\"10.5\",\"5\",3' | BAD_OHLC"
      })
  void anImpossibleRowIsNeitherACandleNorSilence(String values, RejectReason reason) {
    RestAnswer answer = only(ohlc(OPEN_S, values));

    assertThat(answer.candles()).isEmpty();
    assertThat(answer.silent()).isEmpty();
    assertThat(answer.forming()).contains(OPEN_MS);
    assertThat(answer.rejects()).singleElement().extracting("reason").isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "-60", "1e9", "\"x\"", "1767225601", "999999999999999999", "[]"})
  void aRowWhoseTimeCannotBeReadMakesTheWholeAnswerUnreadable(String time) {
    assertThat(only("[" + time + "," + VALUES + "]").outcome())
        .isEqualTo(RestAnswer.Outcome.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "rest_throttled.json, THROTTLED, 5000",
    "rest_throttled_until.json, THROTTLED, 60000",
    "rest_unavailable.json, FAILED, 5000",
    "rest_unknown_symbol.json, UNKNOWN_SYMBOL, 0"
  })
  void anErrorWithStatus200IsAnError(String file, RestAnswer.Outcome outcome, long waitMs) {
    RestAnswer answer = answer(200, fixture(file));

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.waitMs()).isEqualTo(waitMs);
    assertThat(answer.error()).contains("E");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EService:Throttled",
        "EService: Throttled: 1",
        "EService: Throttled: x",
        "EAPI:Rate limit exceeded"
      })
  void aThrottleWithoutAnEndWaitsThePenalty(String error) {
    RestAnswer answer = answer(200, "{\"error\":[\"" + error + "\"],\"result\":null}");
    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.THROTTLED);
    assertThat(answer.waitMs()).isEqualTo(5_000);
  }

  @Test
  void aThrottleIsNeverLongerThanTenMinutes() {
    String body = fixture("rest_throttled_until.json").replace("1767225930", "99999999999");
    assertThat(answer(200, body).waitMs()).isEqualTo(600_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"error\":[]}",
        "{\"error\":[],\"result\":[]}",
        "{\"error\":[],\"result\":{\"last\":1}}",
        "{\"error\":[],\"result\":{\"A\":[],\"B\":[],\"last\":1}}",
        "{\"error\":[],\"result\":{\"A\":{},\"last\":1}}"
      })
  void anAnswerOfAnotherShapeFails(String body) {
    assertThat(answer(200, body).outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
  }

  @Test
  void theCatalogueHoldsTheListedPairsUnderTheNamesOfTheFeed() throws IOException {
    assertThat(kraken.decodeCatalogue(200, fixture("rest_asset_pairs.json")))
        .containsExactly(
            new Market("BTC-USD", "BTC/USD", 0),
            new Market("ETH-BTC", "ETH/BTC", 0),
            new Market("DOGE-USD", "DOGE/USD", 0));
  }

  @Test
  void whatIsNoCatalogueSaysWhy() {
    assertThatThrownBy(() -> kraken.decodeCatalogue(200, fixture("rest_unavailable.json")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("EService:Unavailable");
    assertThatThrownBy(() -> kraken.decodeCatalogue(200, "{\"error\":[],\"result\":{}}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no open market");
  }
}
