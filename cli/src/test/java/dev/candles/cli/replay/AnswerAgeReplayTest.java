package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a recorded answer is final depends on what it says, never on when it is replayed. */
class AnswerAgeReplayTest {
  private static final long FROM_S = 1_767_225_600;
  private static final long DAY_S = 86_400;

  /** Coinbase's rows settle within 120 s. */
  private static final String ROWS =
      "[[%d,10,11,10,10.5,1],[%d,9,11,10,10.5,2.5],[%d,9,11,10,10.5,3],[%d,9,11,10,10.5,4]]"
          .formatted(FROM_S + 180, FROM_S + 120, FROM_S + 60, FROM_S);

  private static Replaying coinbase(String text) {
    return new Replaying("coinbase", Replayed.REST_CANDLES, "BTC-USD").text(text).end();
  }

  private static void onlyTheFirstIsFinal(Replaying replayed) {
    assertThat(replayed.candles(true, FROM_S)).containsExactly("0 10.5 4.0");
    assertThat(replayed.candles(false, FROM_S))
        .containsExactly("60 10.5 3.0", "120 10.5 2.5", "180 10.5 1.0");
    assertThat(replayed.count("unproven_intervals")).isEqualTo(3);
    assertThat(replayed.clean()).isTrue();
  }

  @Test
  void theNewestRowsOfAnUndatedAnswerAreNeverFinal() {
    onlyTheFirstIsFinal(coinbase(ROWS));
  }

  @Test
  void theVenuesOwnClosingWordNeedsNoDate() {
    String body =
        "{\"code\":\"0\",\"msg\":\"\",\"data\":[[\"%d000\",\"1\",\"1\",\"1\",\"1\",\"2\",\"2\",\"2\",\"1\"]]}"
            .formatted(FROM_S);
    Replaying okx = new Replaying("okx", Replayed.REST_CANDLES, "BTC-USDT").text(body).end();

    assertThat(okx.candles(true, FROM_S)).containsExactly("0 1.0 2.0");
  }

  /** {@code ts} in a record with {@code t}, {@code recv_ts} beside a body, and headers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"http\",\"ts\":%d.5,\"url\":\"/x\",\"status\":200,\"body\":%s}",
        "{\"t\":\"http\",\"ts\":%d.5,\"url\":\"/x\",\"data\":%s}",
        "{\"url\":\"/x\",\"recv_ts\":%d.5,\"body\":%s}",
        "{\"url\":\"/x\",\"ts\":%d.5,\"body\":%s}"
      })
  void anAnswerThatIsDatedInsideItsNewestMinuteProvesNoMoreThanAnUndatedOne(String form) {
    onlyTheFirstIsFinal(coinbase(form.formatted(FROM_S + 190, ROWS)));
    onlyTheFirstIsFinal(coinbase(form.formatted(FROM_S + 1_000, ROWS)));
  }

  @Test
  void anAnswerThatIsADayOldHasSettledWhole() {
    String form = "{\"recv_ts\":%d,\"body\":%s}";

    long wholeS = FROM_S + 240 + 120 + DAY_S;
    assertThat(coinbase(form.formatted(wholeS, ROWS)).candles(false, FROM_S)).isEmpty();
    assertThat(coinbase(form.formatted(wholeS - 1, ROWS)).candles(false, FROM_S)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Date\":\"Sat, 03 Jan 2026 00:00:00 GMT\"}                          | 0",
        "{\"date\":[\"Sat, 03 Jan 2026 00:00:00 GMT\"],\"age\":[\"7\"]}        | 0",
        "{\"date\":\"Sat, 03 Jan 2026 00:00:00 GMT\",\"age\":\"172800\"}       | 4",
        "{\"date\":\"yesterday\"}                                              | 3",
        "{\"server\":\"x\"}                                                    | 3",
        "\"none\"                                                              | 3"
      })
  void theAnswersOwnDateLessItsAgeCounts(String headers, int forming) {
    String record = "{\"url\":\"/x\",\"headers\":%s,\"body\":%s}".formatted(headers, ROWS);

    assertThat(coinbase(record).candles(false, FROM_S)).hasSize(forming);
  }

  @Test
  void aRecordedStatusIsTheAnswersOwn() {
    String form = "{\"t\":\"http\",\"ts\":%d,\"status\":%d,\"body\":{\"message\":\"NotFound\"}}";

    assertThat(coinbase(form.formatted(FROM_S, 404)).count("refused")).isEqualTo(1);
    assertThat(coinbase(form.formatted(FROM_S, 429)).count("status")).isEqualTo(1);
    assertThat(coinbase(form.formatted(FROM_S, 500)).ofKind("reject"))
        .singleElement()
        .satisfies(
            line -> assertThat(line.field("detail")).hasToString("status=500 message=NotFound"));
    assertThat(coinbase("{\"message\":\"NotFound\"}").ofKind("reject"))
        .as("nobody wrote down its status")
        .singleElement()
        .satisfies(line -> assertThat(line.field("detail")).hasToString("message=NotFound"));
  }

  /** The last whole minute of a page of trades ends a moment before its last trade. */
  @Test
  void aPageOfTradesEndsItsLastMinuteOnlyIfItIsLater() {
    String trades =
        """
        {"error":[],"result":{"XXBTZUSD":[
        ["1","1",%d.0,"b","l","",1],["1","1",%d.0,"b","l","",2],["1","1",%d.0,"b","l","",3],
        ["2","1",%d.5,"b","l","",4],["3","1",%d.5,"b","l","",5]],"last":"0"}}
        """
            .replace("\n", "")
            .formatted(FROM_S - 30, FROM_S - 29, FROM_S - 28, FROM_S + 5, FROM_S + 60);
    String form = "{\"recv_ts\":%d,\"body\":%s}";
    Replaying undated = new Replaying("kraken", Replayed.REST_TRADES, null).text(trades).end();
    Replaying later =
        new Replaying("kraken", Replayed.REST_TRADES, null)
            .text(form.formatted(FROM_S + 70, trades))
            .end();

    assertThat(undated.candles(true, FROM_S)).isEmpty();
    assertThat(later.candles(true, FROM_S)).containsExactly("0 2.0 1.0");
  }

  /** A decoder rejects what is far after its own time; that time is the same for ever. */
  @Test
  void whatIsDatedInTheFarFutureIsRejectedOnEveryDay() {
    String form =
        "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"price\":1,"
            + "\"qty\":1,\"trade_id\":1,\"timestamp\":\"%s\"}]}";
    Replaying kraken =
        new Replaying("kraken", Replayed.WS, null)
            .text(form.formatted("2094-01-01T00:00:00Z"))
            .text(form.formatted("2126-01-01T00:00:00Z"))
            .end();

    assertThat(kraken.count("trade")).isEqualTo(1);
    assertThat(kraken.count("reject")).isEqualTo(1);
  }
}
