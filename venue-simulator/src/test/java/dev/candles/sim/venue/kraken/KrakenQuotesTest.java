package dev.candles.sim.venue.kraken;

import static dev.candles.sim.venue.kraken.KrakenBench.BTC;
import static dev.candles.sim.venue.kraken.KrakenBench.START;
import static dev.candles.sim.venue.kraken.KrakenBench.frames;
import static dev.candles.sim.venue.kraken.KrakenBench.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class KrakenQuotesTest {
  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;
  private final KrakenBench kraken = new KrakenBench();

  KrakenQuotesTest() {
    kraken.now[0] = START + HOUR;
  }

  @Test
  void theTickerIsTodayAndTheLast24Hours() {
    JsonNode ticker = kraken.get("Ticker?pair=XBTUSD").at("/result/XXBTZUSD");
    TapeCandle today = kraken.series(BTC).span(START, START + HOUR).orElseThrow();
    TapeCandle day = kraken.series(BTC).span(START + HOUR - DAY, START + HOUR).orElseThrow();
    Trade last = kraken.series(BTC).tape().lastBefore(START + HOUR).orElseThrow();
    assertThat(decimal(ticker.at("/c/0"))).isEqualByComparingTo(last.price());
    assertThat(decimal(ticker.at("/c/1"))).isEqualByComparingTo(last.size());
    assertThat(decimal(ticker.at("/v/0"))).isEqualByComparingTo(today.volume());
    assertThat(decimal(ticker.at("/v/1"))).isEqualByComparingTo(day.volume());
    assertThat(decimal(ticker.at("/h/1"))).isEqualByComparingTo(day.high());
    assertThat(decimal(ticker.at("/l/0"))).isEqualByComparingTo(today.low());
    assertThat(decimal(ticker.at("/o"))).isEqualByComparingTo(today.open());
    assertThat(ticker.at("/t/0").isIntegralNumber()).isTrue();
    assertThat(ticker.at("/t/1").asLong()).isEqualTo(day.tradeCount());
    assertThat(decimal(ticker.at("/b/0"))).isLessThan(decimal(ticker.at("/a/0")));
    assertThat(ticker.at("/a/1").asText()).matches("[1-9][0-9]*");
  }

  @Test
  void withoutAPairAllTickersComeUnderTheirKeys() {
    JsonNode all = kraken.get("Ticker").path("result");
    assertThat(all.fieldNames())
        .toIterable()
        .containsExactly("XXBTZUSD", "XDGUSD", "XETHXXBT", "SOLUSD");
    JsonNode two = kraken.get("Ticker?pair=BTC/USD,SOLUSD").path("result");
    assertThat(two.fieldNames()).toIterable().containsExactly("BTC/USD", "SOLUSD");
    assertThat(kraken.get("Ticker?pair=NOPE").at("/error/0").asText())
        .isEqualTo("EQuery:Unknown asset pair");
  }

  @Test
  void theBookHasAsManyLevelsAsAsked() {
    JsonNode book = kraken.get("Depth?pair=XBTUSD&count=7").at("/result/XXBTZUSD");
    assertThat(book.path("asks")).hasSize(7);
    assertThat(book.path("bids")).hasSize(7);
    assertThat(book.at("/asks/0/2").isIntegralNumber()).isTrue();
    assertThat(kraken.get("Depth?pair=XBTUSD").at("/result/XXBTZUSD/bids")).hasSize(100);
    for (String count : List.of("0", "501", "x")) {
      assertThat(kraken.get("Depth?pair=XBTUSD&count=" + count).at("/error/0").asText())
          .isEqualTo("EGeneral:Invalid arguments");
    }
  }

  @Test
  void assetsAreThoseOfThePairsByKeyOrName() {
    JsonNode all = kraken.get("Assets").path("result");
    assertThat(all.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("XXBT", "ZUSD", "XXDG", "XETH", "SOL");
    assertThat(all.at("/XXBT/altname").asText()).isEqualTo("XBT");
    assertThat(all.at("/ZUSD/decimals").asInt()).isEqualTo(4);
    assertThat(kraken.get("Assets?asset=XBT,ZUSD").path("result").fieldNames())
        .toIterable()
        .containsExactly("XXBT", "ZUSD");
    assertThat(kraken.get("Assets?asset=NOPE").at("/error/0").asText())
        .isEqualTo("EQuery:Unknown asset");
    String many = "Assets?asset=" + "XBT,".repeat(1_600);
    assertThat(kraken.get(many).at("/error/0").asText()).isEqualTo("EGeneral:Invalid arguments");
  }

  @Test
  void aPairHasFeeTiersThatBeginAtZero() {
    JsonNode pair = kraken.get("AssetPairs?pair=XBTUSD").at("/result/XXBTZUSD");
    assertThat(pair.at("/fees/0/0").asInt(-1)).isZero();
    assertThat(pair.at("/fees_maker")).hasSameSizeAs(pair.at("/fees"));
  }

  @Test
  void theTickersFeedBeginsWithASnapshotAndFollowsTheTrades() {
    FakeClientSink outlet = new FakeClientSink();
    Session session = kraken.open(outlet);
    session.onText(subscribe("ticker", "", BTC), kraken.now[0]);
    assertThat(outlet.sent)
        .anyMatch(frame -> frame.contains("\"event_trigger\":\"trades\",\"snapshot\":true"));
    kraken.run(120_000, outlet, session);
    List<JsonNode> frames = frames(outlet.sent, "ticker");
    assertThat(frames.get(0).path("type").asText()).isEqualTo("snapshot");
    assertThat(frames).hasSizeGreaterThan(5);
    JsonNode newest = frames.get(frames.size() - 1).at("/data/0");
    Trade last = kraken.series(BTC).tape().lastBefore(kraken.now[0]).orElseThrow();
    assertThat(newest.path("last").decimalValue()).isEqualByComparingTo(last.price());
    assertThat(newest.path("timestamp").asText()).isEqualTo(KrakenTimes.micros(last));
    assertThat(newest.path("high").decimalValue())
        .isEqualByComparingTo(
            kraken.series(BTC).span(kraken.now[0] - DAY, kraken.now[0]).orElseThrow().high());
    assertThat(newest.path("change").isNumber()).isTrue();
  }

  private static BigDecimal decimal(JsonNode text) {
    assertThat(text.isTextual()).as(text.toString()).isTrue();
    return new BigDecimal(text.asText());
  }
}
