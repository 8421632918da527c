package dev.candles.sources.venue.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.Reject;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradePage;
import dev.candles.core.repair.TradeWalk;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trades asked for by their ids. */
class CoinbaseTradesTest {
  private static final long OPEN_MS = 1_767_225_600_000L;
  private static final long MINUTE_MS = 60_000;
  private static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final Market MARKET = new Market("BTC-USD", "BTC-USD", 0);
  private static final TradeFetch SPAN =
      TradeFetch.fresh(
          BTC, new MissingTrades(OPEN_MS, OPEN_MS + MINUTE_MS, 1_200_000_000L, 1_200_000_004L));

  private final Coinbase coinbase = new Coinbase();

  private static String trades() throws IOException {
    String path = "/dev/candles/sources/venue/coinbase/rest_trades.json";
    try (InputStream in = CoinbaseTradesTest.class.getResourceAsStream(path)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private RestQuery query() {
    return coinbase.trades(MARKET, SPAN, walk(SPAN)).orElseThrow();
  }

  private RestAnswer answer(int status, String body) {
    return coinbase.decodeTrades(query(), status, body, OPEN_MS + 2 * MINUTE_MS);
  }

  @Test
  void aFullPageWhoseTradesHaveTenFieldsMoreIsRead() {
    StringBuilder page = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      page.append(page.isEmpty() ? "[{" : ",{");
      for (int more = 0; more < 10; more++) {
        page.append("\"new").append(more).append("\":").append(i).append(',');
      }
      page.append("\"trade_id\":")
          .append(1_200_000_103 - i)
          .append(",\"side\":\"buy\",\"size\":\"1\",\"price\":\"5\"")
          .append(",\"time\":\"2026-01-01T00:00:30Z\"}");
    }
    RestAnswer answer = answer(200, page + "]");
    assertThat(answer.outcome()).as("%s", answer.error()).isEqualTo(RestAnswer.Outcome.ROWS);
    assertThat(answer.trades()).hasSize(1_000);
  }

  @Test
  void pagesGoDownFromALittleAboveTheSpanAndRepeatTheirBorderTrade() {
    assertThat(query().path()).isEqualTo("/products/BTC-USD/trades?limit=1000&after=1200000104");
    assertThat(coinbase.profile().budgets()).containsKey(query().budget());
    TradeFetch span = TradeFetch.fresh(BTC, new MissingTrades(OPEN_MS, OPEN_MS + MINUTE_MS, 5, 9));
    TradeWalk walk = walk(span);
    walk.take(
        List.of(
            new Trade(7, OPEN_MS, 1, BigDecimal.ONE, TakerSide.BUY),
            new Trade(8, OPEN_MS, 1, BigDecimal.ONE, TakerSide.BUY)));
    assertThat(coinbase.trades(MARKET, span, walk).orElseThrow().path()).endsWith("&after=8");
  }

  @Test
  void ofALateTradeTheTradesAroundItAreAskedForAndThenThoseAfterThem() {
    TradeFetch span =
        TradeFetch.fresh(BTC, MissingTrades.near(OPEN_MS, OPEN_MS + MINUTE_MS, 1_200_000_003L));
    TradeWalk walk = walk(span);
    assertThat(coinbase.trades(MARKET, span, walk).orElseThrow().path())
        .endsWith("&after=1200000504");
    List<Trade> page = new ArrayList<>();
    for (long id = 1_199_999_998L; id <= 1_200_000_004L; id++) {
      long timeMs = OPEN_MS + (id <= 1_200_000_000L ? -9_000 : 9_000);
      page.add(new Trade(id, timeMs, 1, BigDecimal.ONE, TakerSide.BUY));
    }
    walk.take(page);
    assertThat(coinbase.trades(MARKET, span, walk).orElseThrow().path())
        .endsWith("&after=1200001004");
  }

  @Test
  void whereNoIdIsKnownTheSearchBeginsAtTheNewestPage() {
    TradeFetch span = TradeFetch.fresh(BTC, MissingTrades.anywhere(OPEN_MS, OPEN_MS + MINUTE_MS));
    assertThat(coinbase.trades(MARKET, span, walk(span)).orElseThrow().path())
        .isEqualTo("/products/BTC-USD/trades?limit=1000");
  }

  @Test
  void aPageDecidesASpanWithCountAndIds() throws IOException {
    Candle candle = SPAN.read(held(trades()), OPEN_MS + 2 * MINUTE_MS).proven().candles().get(0);

    assertThat(candle.openTimeMs()).isEqualTo(OPEN_MS);
    assertThat(candle.open()).isEqualTo(87500.1);
    assertThat(candle.high()).isEqualTo(87555);
    assertThat(candle.low()).isEqualTo(87480.5);
    assertThat(candle.close()).isEqualTo(87480.5);
    assertThat(candle.volume()).isEqualTo(1.10118021);
    assertThat(candle.takerBuyVolume()).as("the makers sold").isEqualTo(0.00118);
    assertThat(candle.tradeCount()).isEqualTo(3);
    assertThat(candle.firstTradeId()).isEqualTo(1_200_000_001L);
    assertThat(candle.lastTradeId()).isEqualTo(1_200_000_003L);
    assertThat(candle.evidence()).isEqualTo(Evidence.REST_TRADES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1200000002 | -1",
        "1200000002 | 18446744073709551615",
        "87555.00000000 | NaN",
        "1.10000000 | -1",
        "2026-01-01T00:00:02.000Z | yesterday",
        "2026-01-01T00:00:02.000Z | 2026-01-01T01:03:01.000Z",
        "2026-01-01T00:00:02.000Z | 1969-01-01T00:00:00.000Z",
        "\"price\":\"87555.00000000\", | ''"
      })
  void aTradeThatCannotBeReadMakesThePageUnreadableAsItsNeighboursAreUnknown(
      String found, String put) throws IOException {
    RestAnswer answer = answer(200, trades().replace(found, put == null ? "" : put));

    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.UNREADABLE);
    assertThat(answer.trades()).isEmpty();
    assertThat(answer.rejects()).hasSize(1);
  }

  @Test
  void whatElseIsOnSuchAPageIsReadThoughItIsNotWhole() throws IOException {
    TradePage page = answer(200, trades().replace("87555.00000000", "-1")).page();

    assertThat(page.whole()).isFalse();
    assertThat(page.trades()).extracting(Trade::id).doesNotContain(1_200_000_002L).isSorted();
    assertThat(page.firstId()).isEqualTo(1_200_000_001L);
    assertThat(page.lastId()).isEqualTo(1_200_000_004L);
  }

  @Test
  void numbersMayBeScientificAndFieldsUnknown() throws IOException {
    String body =
        trades().replace("1.10000000", "11e-1").replace("\"side\"", "\"added\":7,\"side\"");

    assertThat(body).isNotEqualTo(trades());
    assertThat(SPAN.read(held(body), OPEN_MS + 2 * MINUTE_MS))
        .isEqualTo(SPAN.read(held(trades()), OPEN_MS + 2 * MINUTE_MS));
  }

  private static TradeWalk walk(TradeFetch span) {
    return new TradeWalk(span, TradeEvidence.Ends.unknown(2_000));
  }

  private TradeWalk held(String body) {
    TreeMap<Long, Long> lastIdAt = new TreeMap<>(Map.of(OPEN_MS + MINUTE_MS, 1_200_000_003L));
    TradeWalk walk = new TradeWalk(SPAN, new TradeEvidence.Ends(1_200_000_001L, lastIdAt, 2_000));
    walk.take(answer(200, body).trades());
    return walk;
  }

  @Test
  void aTradeInTwoVersionsMakesThePageTellOfNoTrades() throws IOException {
    RestAnswer answer = answer(200, trades().replace("1200000002", "1200000003"));

    assertThat(answer.trades()).isEmpty();
    assertThat(answer.rejects())
        .singleElement()
        .extracting(Reject::detail)
        .isEqualTo("two versions of trade 1200000003");
  }

  @Test
  void aFieldGivenTwiceIsNoPage() throws IOException {
    String body = trades().replaceFirst("\"trade_id\"", "\"trade_id\":5,\"trade_id\"");
    assertThat(answer(200, body).outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
  }

  @Test
  void errorsAreThoseOfCandles() {
    assertThat(answer(429, "{\"message\":\"Public rate limit exceeded\"}").outcome())
        .isEqualTo(RestAnswer.Outcome.THROTTLED);
    assertThat(answer(404, "{\"message\":\"NotFound\"}").outcome())
        .isEqualTo(RestAnswer.Outcome.UNKNOWN_SYMBOL);
    assertThat(answer(503, "<html>").outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
    assertThat(answer(200, "[]").trades()).isEmpty();
  }
}
