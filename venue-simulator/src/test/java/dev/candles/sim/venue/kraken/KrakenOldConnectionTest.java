package dev.candles.sim.venue.kraken;

import static dev.candles.sim.venue.kraken.KrakenBench.BTC;
import static dev.candles.sim.venue.kraken.KrakenBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KrakenOldConnectionTest {
  private final KrakenBench kraken = new KrakenBench();
  private final FakeClientSink outlet = new FakeClientSink();
  private final Session session = kraken.sockets.open("/", outlet, kraken.now[0]);

  private void ask(String event, String name, String pair) {
    session.onText(
        "{\"event\":\"%s\",\"reqid\":7,\"pair\":[\"%s\"],\"subscription\":{%s}}"
            .formatted(event, pair, name),
        kraken.now[0]);
  }

  private List<JsonNode> frames(String channel) {
    return outlet.sent.stream()
        .map(KrakenBench::json)
        .filter(frame -> frame.isArray() && frame.get(2).asText().equals(channel))
        .toList();
  }

  @Test
  void statusAcksPongsAndHeartbeatsAreObjects() {
    assertThat(json(outlet.take().get(0)).path("event").asText()).isEqualTo("systemStatus");
    ask("subscribe", "\"name\":\"ohlc\",\"interval\":5", "XBT/USD");
    assertThat(outlet.take().get(0))
        .contains("\"channelName\":\"ohlc-5\"", "\"pair\":\"XBT/USD\",\"reqid\":7")
        .contains("\"status\":\"subscribed\",\"subscription\":{\"interval\":5,\"name\":\"ohlc\"}");
    session.onText("{\"event\":\"ping\",\"reqid\":42}", kraken.now[0]);
    assertThat(outlet.take()).containsExactly("{\"event\":\"pong\",\"reqid\":42}");
    kraken.run(2_500, outlet, session);
    assertThat(outlet.take()).contains(KrakenOldFrames.HEARTBEAT);
    ask("unsubscribe", "\"name\":\"ohlc\",\"interval\":5", "XBT/USD");
    assertThat(outlet.take().get(0)).contains("\"status\":\"unsubscribed\"");
    kraken.run(59_000, outlet, session);
    assertThat(outlet.take()).isEmpty();
  }

  @Test
  void refusalsNameWhatWasAskedAndLeaveTheConnectionOpen() {
    outlet.take();
    ask("subscribe", "\"name\":\"trade\"", "BTC/USD");
    ask("subscribe", "\"name\":\"nope\"", "XBT/USD");
    ask("subscribe", "\"name\":\"ohlc\",\"interval\":7", "XBT/USD");
    ask("unsubscribe", "\"name\":\"trade\"", "XBT/USD");
    session.onText("{\"event\":\"subscribe\",\"subscription\":{}}", kraken.now[0]);
    session.onText("nonsense", kraken.now[0]);
    assertThat(outlet.sent)
        .extracting(frame -> json(frame).path("errorMessage").asText())
        .containsExactly(
            "Currency pair not supported BTC/USD",
            "Subscription name invalid",
            "Subscription ohlc interval not supported",
            "Subscription Not Found",
            "Pair field must be an array",
            "Malformed request");
    assertThat(outlet.closedWith).isZero();
  }

  @Test
  void tradesFoldToTheTrueCandlesAndCandlesFollowThem() {
    ask("subscribe", "\"name\":\"trade\"", "XBT/USD");
    ask("subscribe", "\"name\":\"ohlc\",\"interval\":1", "XBT/USD");
    ask("subscribe", "\"name\":\"ticker\"", "XBT/USD");
    kraken.run(180_000, outlet, session);
    long minute = KrakenBench.START + 60_000;
    List<Trade> real = kraken.series(BTC).tape().minute(minute);
    List<JsonNode> told = new ArrayList<>();
    frames("trade").forEach(frame -> frame.get(1).forEach(told::add));
    told.removeIf(row -> open(row.get(2)) != minute);
    assertThat(told)
        .extracting(row -> new BigDecimal(row.get(0).asText()).stripTrailingZeros())
        .containsExactlyElementsOf(
            real.stream().map(trade -> trade.price().stripTrailingZeros()).toList());
    TapeCandle candle =
        kraken.series(BTC).candle(Timeframe.M1, minute, Long.MAX_VALUE).orElseThrow();
    List<JsonNode> rows =
        frames("ohlc-1").stream()
            .map(frame -> frame.get(1))
            .filter(
                row ->
                    new BigDecimal(row.get(1).asText()).longValueExact() * 1_000 == minute + 60_000)
            .toList();
    JsonNode last = rows.get(rows.size() - 1);
    assertThat(new BigDecimal(last.get(5).asText())).isEqualByComparingTo(candle.close());
    assertThat(new BigDecimal(last.get(7).asText())).isEqualByComparingTo(candle.volume());
    assertThat(last.get(8).asLong()).isEqualTo(candle.tradeCount());
    JsonNode ticker = frames("ticker").get(0).get(1);
    assertThat(ticker.at("/a/1").isIntegralNumber()).isTrue();
    assertThat(ticker.at("/o")).hasSize(2);
    assertThat(frames("ticker")).hasSizeGreaterThan(10);
  }

  private static long open(JsonNode seconds) {
    return new BigDecimal(seconds.asText()).longValue() / 60 * 60_000;
  }
}
