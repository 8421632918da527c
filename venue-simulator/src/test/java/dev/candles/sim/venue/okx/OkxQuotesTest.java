package dev.candles.sim.venue.okx;

import static dev.candles.sim.venue.okx.OfflineOkx.BTC;
import static dev.candles.sim.venue.okx.OfflineOkx.START;
import static dev.candles.sim.venue.okx.OfflineOkx.json;
import static dev.candles.sim.venue.okx.OfflineOkx.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OkxQuotesTest {
  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;
  private final OfflineOkx okx = new OfflineOkx(true, Duration.ZERO);

  OkxQuotesTest() {
    okx.now[0] = START + HOUR;
  }

  @Test
  void aTickerIsTheTapesOfTheLast24Hours() {
    JsonNode ticker = okx.get("/market/ticker", "instId", BTC).at("/data/0");
    Series series = okx.market(BTC).series();
    TapeCandle day = series.span(START + HOUR - DAY, START + HOUR).orElseThrow();
    assertThat(decimal(ticker, "last"))
        .isEqualByComparingTo(series.tape().lastBefore(START + HOUR).orElseThrow().price());
    assertThat(decimal(ticker, "open24h")).isEqualByComparingTo(day.open());
    assertThat(decimal(ticker, "high24h")).isEqualByComparingTo(day.high());
    assertThat(decimal(ticker, "low24h")).isEqualByComparingTo(day.low());
    assertThat(decimal(ticker, "vol24h")).isEqualByComparingTo(day.volume());
    assertThat(decimal(ticker, "volCcy24h")).isEqualByComparingTo(day.quoteVolume());
    assertThat(decimal(ticker, "sodUtc0"))
        .isEqualByComparingTo(series.span(START, START + HOUR).orElseThrow().open());
    assertThat(decimal(ticker, "sodUtc8"))
        .isEqualByComparingTo(series.span(START - 8 * HOUR, START).orElseThrow().open());
    assertThat(decimal(ticker, "bidPx")).isLessThan(decimal(ticker, "askPx"));
  }

  @Test
  void allTickersComeOfOneType() {
    assertThat(okx.get("/market/tickers", "instType", "SPOT").path("data")).hasSize(2);
    assertThat(okx.get("/market/tickers", "instType", "SWAP").path("data")).isEmpty();
    assertThat(okx.get("/market/tickers").path("code").asText()).isEqualTo("50014");
    assertThat(okx.get("/market/tickers", "instType", "X").path("code").asText())
        .isEqualTo("51000");
  }

  @Test
  void theBookHasAsManyLevelsAsAsked() {
    assertThat(okx.get("/market/books", "instId", BTC).at("/data/0/asks")).hasSize(1);
    JsonNode book = okx.get("/market/books", "instId", BTC, "sz", "999").at("/data/0");
    assertThat(book.path("asks")).hasSize(400);
    assertThat(book.at("/asks/0")).hasSize(4);
    for (String levels : List.of("x", "1000", "\u0661")) {
      assertThat(okx.get("/market/books", "instId", BTC, "sz", levels).path("code").asText())
          .isEqualTo("51000");
    }
  }

  @Test
  void theTickersChannelComesAtOnceAndAfterTrades() {
    FakeClientSink outlet = new FakeClientSink();
    Session session = okx.open(outlet);
    session.onText(subscribe("tickers", BTC), okx.now[0]);
    okx.run(20_000, outlet, session);
    List<JsonNode> tickers =
        outlet.sent.stream()
            .filter(frame -> frame.contains("\"data\""))
            .map(frame -> json(frame).at("/data/0"))
            .toList();
    assertThat(tickers).hasSizeGreaterThan(2);
    JsonNode newest = tickers.get(tickers.size() - 1);
    assertThat(decimal(newest, "last"))
        .isEqualByComparingTo(
            okx.market(BTC).series().tape().lastBefore(okx.now[0]).orElseThrow().price());
    Session business = okx.business(outlet);
    outlet.take();
    business.onText(subscribe("tickers", BTC), okx.now[0]);
    assertThat(outlet.take().get(0)).contains("64002");
  }

  private static BigDecimal decimal(JsonNode object, String name) {
    assertThat(object.path(name).isTextual()).as(name + " of " + object).isTrue();
    return new BigDecimal(object.path(name).asText());
  }
}
