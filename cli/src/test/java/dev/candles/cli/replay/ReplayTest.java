package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of every venue and form, with our own values. */
class ReplayTest {
  private static final long FROM_S = 1_767_225_600;

  @Test
  void tradesOfBareFramesAreFoldedAndOnlyWholeProvenMinutesAreFinal() {
    Replaying kraken = new Replaying("kraken", Replayed.WS, null).fixture("kraken_ws.ndjson").end();

    assertThat(kraken.candles(true, FROM_S)).containsExactly("60 87495.0 1.25009417");
    assertThat(kraken.candles(false, FROM_S))
        .as("the first minute began before the recording, the last goes on after it")
        .containsExactly("0 87510.0 0.6004478", "180 87600.0 0.1");
    assertThat(kraken.count("empty_intervals")).isEqualTo(1);
    JsonValue candle = kraken.ofKind("candle").get(1);
    assertThat(candle.field("evidence").toString()).isEqualTo("TRADE_CHAIN");
    assertThat(candle.field("trade_count").toString()).isEqualTo("3");
    assertThat(candle.field("first_trade_id").toString()).isEqualTo("103");
    assertThat(candle.field("last_trade_id").toString()).isEqualTo("105");
  }

  @Test
  void everyKindOfFrameHasItsLineAndItsCount() {
    Replaying kraken = new Replaying("kraken", Replayed.WS, null).fixture("kraken_ws.ndjson").end();

    assertThat(kraken.lines)
        .extracting(line -> line.field("kind").toString())
        .containsExactly(
            "status",
            "ack",
            "refused",
            "trade",
            "trade",
            "trade",
            "heartbeat",
            "trade",
            "candle",
            "other",
            "trade",
            "trade",
            "trade",
            "candle",
            "heartbeat",
            "candle");
    assertThat(kraken.count("frames")).isEqualTo(10);
    assertThat(kraken.count("trade")).isEqualTo(7);
    assertThat(kraken.count("final")).isEqualTo(1);
    assertThat(kraken.clean()).isTrue();
  }

  @Test
  void theChainGoesOnOverAReconnectionAndHeartbeatsEndAMinute() {
    Replaying coinbase =
        new Replaying("coinbase", Replayed.WS, null).fixture("coinbase_ws.jsonl").end();

    assertThat(coinbase.candles(true, FROM_S)).containsExactly("60 84140.0 1.75");
    assertThat(coinbase.count("connects")).isEqualTo(2);
    assertThat(coinbase.count("sent")).isEqualTo(2);
    assertThat(coinbase.count("passed_over")).as("the recorded catalogue").isEqualTo(1);
    assertThat(coinbase.count("trades_duplicate")).isEqualTo(1);
    assertThat(coinbase.count("empty_intervals")).isEqualTo(1);
    assertThat(coinbase.clean()).isTrue();
  }

  @Test
  void aHoleInTheIdsLeavesItsMinuteUnproven() {
    String lost =
        Replaying.fixtureText("coinbase_ws.jsonl")
            .lines()
            .filter(line -> !line.contains("\\\"trade_id\\\": 201"))
            .reduce("", (all, line) -> all + line + "\n");
    Replaying coinbase = new Replaying("coinbase", Replayed.WS, null).text(lost).end();

    assertThat(coinbase.count("trade")).isEqualTo(4);
    assertThat(coinbase.candles(true, FROM_S)).isEmpty();
    assertThat(coinbase.count("trades_hole")).isEqualTo(1);
  }

  @Test
  void theVenuesClosedRowsAreFinalOnceAndADifferingRepeatIsDoubtful() {
    Replaying okx = new Replaying("okx", Replayed.WS, null).fixture("okx_ws.txt").end();

    assertThat(okx.candles(true, FROM_S))
        .containsExactly("0 87531.9 5.90112", "60 87540.0 5.90112", "180 87550.0 5.90112");
    assertThat(okx.candles(false, FROM_S))
        .containsExactly("0 87510.0 5.90112", "60 87531.9 0.1", "60 87541.0 5.90112");
    assertThat(okx.count("duplicate_candle")).isEqualTo(1);
    assertThat(okx.count("disagreement")).isEqualTo(1);
    assertThat(okx.count("missing_intervals")).isEqualTo(1);
    assertThat(okx.ofKind("status")).hasSize(1);
    assertThat(okx.ofKind("other")).hasSize(1);
    assertThat(okx.ofKind("ack")).hasSize(1);
    assertThat(okx.clean()).isTrue();
  }

  /** The collector asks REST about a late trade of the last three hours only. */
  @Test
  void aLateTradeIsToBeAskedAboutForThreeHours() {
    String feed = trade(1, 0) + trade(2, 1) + trade(3, 65) + trade(4, 130);
    for (long agoS : new long[] {0, 3 * 3_600 - 120, 3 * 3_600}) {
      Replaying kraken =
          new Replaying("kraken", Replayed.WS, null).text(feed + trade(5, -agoS)).end();
      assertThat(kraken.count("trades_late")).isEqualTo(1);
      assertThat(kraken.count("intervals_to_ask_again")).isEqualTo(agoS < 3 * 3_600 ? 1 : 0);
    }
  }

  /** A minute is not over by a clock of the recorder's that is ahead. */
  @ParameterizedTest
  @ValueSource(longs = {-3_000, -10, 0, 10, 600})
  void howFarTheRecordersClockIsOffChangesNothing(long aheadS) {
    String feed =
        Stream.of(0, 1_000, 2_000, 118_000, 119_000, 120_500, 119_900, 131_000, 190_000)
            .map(new LineOfTrade(aheadS)::next)
            .collect(Collectors.joining());
    Replaying kraken = new Replaying("kraken", Replayed.WS, null).text(feed).end();

    assertThat(kraken.candles(true, FROM_S)).containsExactly("60 10.0 3.0", "120 10.0 2.0");
    assertThat(kraken.count("trades_late")).isZero();
    assertThat(kraken.clean()).isTrue();
  }

  /** As the collector, which knows what time it is. */
  @Test
  void aTradeThatIsFarAheadOfThoseAroundItIsNotBelievedAlsoWithoutARecordersTime() {
    String feed = trade(1, 0) + trade(2, 1) + trade(3, 2) + trade(4, 70);
    Replaying kraken =
        new Replaying("kraken", Replayed.WS, null)
            .text(feed + trade(5, 370) + trade(2, 1) + trade(6, 80))
            .end();

    assertThat(kraken.candles(true, FROM_S)).isEmpty();
    assertThat(kraken.count("empty_intervals")).isZero();
    assertThat(kraken.count("reject")).isEqualTo(1);
    JsonValue reject = kraken.ofKind("reject").get(0);
    assertThat(reject.field("reason").toString()).isEqualTo("ABSURD_TIME");
    assertThat(reject.field("line").toString()).isEqualTo("5");
  }

  @Test
  void afterASilenceTimeGoesOn() {
    String feed = trade(1, 0) + trade(2, 1) + trade(3, 2) + trade(4, 70);
    Replaying kraken =
        new Replaying("kraken", Replayed.WS, null)
            .text(feed + trade(5, 370) + trade(4, 70) + trade(6, 371) + trade(7, 9_000))
            .end();

    assertThat(kraken.candles(true, FROM_S)).containsExactly("60 10.0 1.0", "360 10.0 2.0");
    assertThat(kraken.count("empty_intervals")).isEqualTo(4 + 142);
    assertThat(kraken.clean()).isTrue();
  }

  /** Trades by a recorder whose clock is so much ahead; none comes before another. */
  private static final class LineOfTrade {
    private final long aheadS;
    private long id;
    private long cameMs;

    LineOfTrade(long aheadS) {
      this.aheadS = aheadS;
    }

    String next(int afterMs) {
      cameMs = Math.max(cameMs, afterMs + 50);
      long recordedMs = (FROM_S + aheadS) * 1_000 + cameMs;
      return "%d.%03d: ".formatted(recordedMs / 1_000, recordedMs % 1_000) + tradeAt(++id, afterMs);
    }
  }

  private static String trade(long id, long afterS) {
    return tradeAt(id, afterS * 1_000);
  }

  private static String tradeAt(long id, long afterMs) {
    return """
        {"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","trade_id":%d,"price":10,\
        "qty":1,"timestamp":"%s"}]}
        """
        .formatted(id, Instant.ofEpochMilli(FROM_S * 1_000 + afterMs));
  }

  /** As the collector, which asks its lake then; pages may come newest first. */
  @Test
  void aVersionIsRememberedWhateverDayItIsOf() {
    long daysS = 3 * 86_400;
    for (long laterS : new long[] {daysS - 3_600, daysS + 3_600, 400 * 86_400}) {
      Replaying kraken =
          new Replaying("kraken", Replayed.REST_CANDLES, "BTC-USD")
              .text(ohlc(0, "10") + "\n" + ohlc(laterS, "10") + "\n" + ohlc(0, "11"))
              .end();
      assertThat(kraken.count("final")).isEqualTo(4);
      assertThat(kraken.count("disagreement")).isEqualTo(1);
      assertThat(kraken.count("duplicate_candle")).isEqualTo(1);
    }
  }

  /** An answer of three rows whose first two are settled by the last. */
  private static String ohlc(long afterS, String close) {
    String row = "[%d,\"10\",\"12\",\"9\",\"%s\",\"10\",\"5\",7]";
    long fromS = FROM_S + afterS;
    return "{\"error\":[],\"result\":{\"XXBTZUSD\":[%s,%s,%s],\"last\":%d}}"
        .formatted(
            row.formatted(fromS, close),
            row.formatted(fromS + 60, "10"),
            row.formatted(fromS + 180, "10"),
            fromS + 60);
  }

  @Test
  void pagesOfTradesAreOneChainAndTheirDoubledBorderCountsOnce() {
    Replaying kraken =
        new Replaying("kraken", Replayed.REST_TRADES, "BTC-USD")
            .fixture("kraken_trades_1.json")
            .fixture("kraken_trades_2.json")
            .end();

    assertThat(kraken.candles(true, FROM_S)).containsExactly("0 87499.9 0.95", "180 87520.0 0.6");
    assertThat(kraken.candles(false, FROM_S)).containsExactly("-60 87500.0 0.2", "240 87530.0 0.7");
    assertThat(kraken.ofKind("candle").get(1).field("evidence").toString())
        .isEqualTo("REST_TRADES");
    assertThat(kraken.count("empty_intervals")).isEqualTo(2);
    assertThat(kraken.count("trades_duplicate")).isEqualTo(1);
  }

  @Test
  void aHoleBetweenPagesOrInsideOneLeavesItsMinutesUnproven() {
    String second = Replaying.fixtureText("kraken_trades_2.json");
    Replaying between =
        new Replaying("kraken", Replayed.REST_TRADES, null)
            .fixture("kraken_trades_1.json")
            .text(
                second
                    .replace(",304]", ",314]")
                    .replace(",305]", ",315]")
                    .replace(",306]", ",316]")
                    .replace(",307]", ",317]")
                    .replace(",308]", ",318]"))
            .end();
    Replaying inside =
        new Replaying("kraken", Replayed.REST_TRADES, null)
            .fixture("kraken_trades_1.json")
            .text(second.replace(",307]", ",317]").replace(",308]", ",318]"))
            .end();

    assertThat(between.candles(true, FROM_S)).containsExactly("180 87520.0 0.6");
    assertThat(inside.candles(true, FROM_S)).as("that of the trade before it, too").isEmpty();
  }

  @Test
  void aTradeThatCannotBeReadLeavesItsMinuteUnproven() {
    String page = Replaying.fixtureText("kraken_trades_1.json").replace("87490.00000", "-1");
    Replaying kraken =
        new Replaying("kraken", Replayed.REST_TRADES, null)
            .text(page)
            .fixture("kraken_trades_2.json")
            .end();

    assertThat(kraken.candles(true, FROM_S)).containsExactly("180 87520.0 0.6");
    assertThat(kraken.ofKind("reject")).hasSize(1);
  }

  @Test
  void pagesThatComeNewestFirstAreFoldedLikeAnyOthers() {
    Replaying newest =
        new Replaying("coinbase", Replayed.REST_TRADES, "BTC-USD")
            .fixture("coinbase_trades_new.json")
            .fixture("coinbase_trades_old.json")
            .end();
    Replaying oldest =
        new Replaying("coinbase", Replayed.REST_TRADES, "BTC-USD")
            .fixture("coinbase_trades_old.json")
            .fixture("coinbase_trades_new.json")
            .end();

    assertThat(newest.candles(true, FROM_S))
        .isEqualTo(oldest.candles(true, FROM_S))
        .containsExactly("60 84150.0 0.9", "120 84155.0 0.5");
    assertThat(newest.clean()).isTrue();
  }

  @Test
  void restCandlesAreFinalWhereANewerRowOfTheAnswerOpensAfterTheirSettleTime() {
    Replaying kraken =
        new Replaying("kraken", Replayed.REST_CANDLES, "BTC-USD").fixture("kraken_ohlc.json").end();

    assertThat(kraken.candles(true, FROM_S)).containsExactly("0 87499.9 0.95");
    assertThat(kraken.candles(false, FROM_S)).containsExactly("180 87520.0 0.6");
    assertThat(kraken.count("empty_intervals")).isEqualTo(2);
    assertThat(kraken.count("unproven_intervals")).as("the last two").isEqualTo(2);
    assertThat(kraken.ofKind("candle").get(0).field("evidence").toString()).isEqualTo("REST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":[\"EGeneral:Too many requests\"]} | status",
        "{\"error\":[\"EQuery:Unknown asset pair\"]} | refused",
        "{\"error\":[\"EService:Unavailable\"]} | reject",
        "<html><body>502</body></html> | reject",
        "{\"error\":[],\"result\":{\"XXBTZUSD\":[ | reject"
      })
  void anAnswerWithoutRowsSaysWhatItIs(String body, String kind) {
    for (Replayed replayed : List.of(Replayed.REST_CANDLES, Replayed.REST_TRADES)) {
      Replaying kraken = new Replaying("kraken", replayed, null).text(body).end();
      assertThat(kraken.lines)
          .singleElement()
          .satisfies(line -> assertThat(line.field("kind").toString()).isEqualTo(kind));
      assertThat(kraken.clean()).isEqualTo(!kind.equals("reject"));
    }
  }

  @Test
  void withCandlesOnlyNothingButFinalOnesIsWrittenAndAllIsCounted() {
    Replaying kraken =
        new Replaying("kraken", Replayed.WS, null, Timeframe.M1, true)
            .fixture("kraken_ws.ndjson")
            .end();

    assertThat(kraken.lines).hasSize(1);
    assertThat(kraken.candles(true, FROM_S)).hasSize(1);
    assertThat(kraken.count("trade")).isEqualTo(7);
    assertThat(kraken.count("candle")).isEqualTo(3);
  }

  @Test
  void largerCandlesAreFoldedFromTradesAsWell() {
    Replaying kraken =
        new Replaying("kraken", Replayed.REST_TRADES, null, Timeframe.M3, true)
            .fixture("kraken_trades_1.json")
            .fixture("kraken_trades_2.json")
            .end();

    assertThat(kraken.candles(true, FROM_S)).containsExactly("0 87499.9 0.95");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTC-USD", "ETH-USD"})
  void onlyTheWantedSymbolIsWritten(String symbol) {
    Replaying kraken =
        new Replaying("kraken", Replayed.WS, symbol).fixture("kraken_ws.ndjson").end();

    assertThat(kraken.count("trade")).isEqualTo(symbol.equals("BTC-USD") ? 7 : 0);
    assertThat(kraken.count("status")).as("about no market").isEqualTo(1);
    assertThat(kraken.ofKind("refused")).isEmpty();
  }

  @Test
  void whatAVenueDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> new Replaying("okx", Replayed.REST_TRADES, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use rest-candles");
    assertThatThrownBy(() -> new Replaying("okx", Replayed.WS, null, Timeframe.M5, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 5m");
  }
}
