package dev.candles.sim.venue.coinbase;

import static dev.candles.sim.venue.coinbase.CoinbaseBench.BTC;
import static dev.candles.sim.venue.coinbase.CoinbaseBench.DOGE;
import static dev.candles.sim.venue.coinbase.CoinbaseBench.START;
import static dev.candles.sim.venue.coinbase.CoinbaseBench.frames;
import static dev.candles.sim.venue.coinbase.CoinbaseBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoinbaseQuotesTest {
  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;
  private final CoinbaseBench coinbase = new CoinbaseBench(1, Duration.ZERO);

  CoinbaseQuotesTest() {
    coinbase.now[0] = START + HOUR;
  }

  @Test
  void tickerAndStatisticsAreThoseOfTheTape() {
    Trade last = coinbase.series(BTC).tape().lastBefore(START + HOUR).orElseThrow();
    TapeCandle day = coinbase.series(BTC).span(START + HOUR - DAY, START + HOUR).orElseThrow();
    JsonNode ticker = coinbase.get("/products/BTC-USD/ticker");
    assertThat(ticker.path("trade_id").asLong()).isEqualTo(last.id());
    assertThat(decimal(ticker, "price")).isEqualByComparingTo(last.price());
    assertThat(decimal(ticker, "volume")).isEqualByComparingTo(day.volume());
    assertThat(decimal(ticker, "bid")).isLessThan(decimal(ticker, "ask"));
    JsonNode stats = coinbase.get("/products/BTC-USD/stats");
    assertThat(decimal(stats, "open")).isEqualByComparingTo(day.open());
    assertThat(decimal(stats, "high")).isEqualByComparingTo(day.high());
    assertThat(decimal(stats, "low")).isEqualByComparingTo(day.low());
    assertThat(decimal(stats, "last")).isEqualByComparingTo(last.price());
    assertThat(coinbase.ask("/products/NOPE-USD/ticker").status()).isEqualTo(404);
  }

  @Test
  void theBookHasOneLevelOrFifty() {
    assertThat(coinbase.get("/products/BTC-USD/book").path("bids")).hasSize(1);
    JsonNode book = coinbase.get("/products/BTC-USD/book?level=2");
    assertThat(book.path("asks")).hasSize(50);
    assertThat(book.at("/asks/0/2").isIntegralNumber()).isTrue();
    assertThat(coinbase.ask("/products/BTC-USD/book?level=3").status()).isEqualTo(400);
    assertThat(coinbase.ask("/products/BTC-USD/book?level=x").status()).isEqualTo(400);
  }

  @Test
  void currenciesAreThoseOfTheProducts() {
    JsonNode all = coinbase.get("/currencies");
    assertThat(all)
        .extracting(currency -> currency.path("id").asText())
        .containsExactly("BTC", "DOGE", "USD");
    assertThat(coinbase.get("/currencies/USD").at("/details/type").asText()).isEqualTo("fiat");
    assertThat(coinbase.ask("/currencies/NOPE").status()).isEqualTo(404);
    assertThat(coinbase.ask("/currencies/USD/x").status()).isEqualTo(404);
    assertThat(coinbase.ask("/nothing").status()).isEqualTo(404);
    assertThat(coinbase.ask("/").status()).isEqualTo(404);
  }

  @Test
  void theTickerComesAtOnceAndAfterMatchesAndTheBatchSeldom() {
    FakeClientSink outlet = new FakeClientSink();
    Session session = coinbase.open(outlet);
    session.onText(
        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"ticker\"]}",
        coinbase.now[0]);
    session.onText(
        "{\"type\":\"subscribe\",\"channels\":[{\"name\":\"ticker_batch\",\"product_ids\":[\"DOGE-USD\"]}]}",
        coinbase.now[0]);
    assertThat(outlet.sent).anyMatch(frame -> frame.contains("\"name\":\"ticker_1000\""));
    coinbase.run(120_000, outlet, session);
    List<JsonNode> tickers = frames(outlet.sent, "ticker", BTC);
    assertThat(tickers).hasSizeGreaterThan(5);
    Trade last = coinbase.series(BTC).tape().lastBefore(coinbase.now[0]).orElseThrow();
    JsonNode newest = tickers.get(tickers.size() - 1);
    assertThat(newest.path("trade_id").asLong()).isEqualTo(last.id());
    assertThat(newest.path("side").asText()).isEqualTo(last.buy() ? "buy" : "sell");
    assertThat(frames(outlet.sent, "ticker", DOGE)).isNotEmpty();
    outlet.take();
    session.onText(
        "{\"type\":\"unsubscribe\",\"channels\":[\"ticker\",\"nope\",\"ticker_batch\"]}",
        coinbase.now[0]);
    assertThat(json(outlet.take().get(0)).path("channels")).isEmpty();
    coinbase.run(60_000, outlet, session);
    assertThat(frames(outlet.sent, "ticker", "")).isEmpty();
  }

  private static BigDecimal decimal(JsonNode object, String name) {
    assertThat(object.path(name).isTextual()).as(name + " of " + object).isTrue();
    return new BigDecimal(object.path(name).asText());
  }
}
