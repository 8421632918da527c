package dev.candles.sim.venue.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KrakenConnectionTest {
  private final KrakenBench bench = new KrakenBench();
  private final FakeClientSink outlet = new FakeClientSink();

  @Test
  void theStatusComesOnConnectWithAConnectionIdBeyondSignedLongs() {
    bench.open(outlet);
    JsonNode status = KrakenBench.json(outlet.take().get(0));
    assertThat(status.at("/data/0/system").asText()).isEqualTo("online");
    assertThat(status.at("/data/0/connection_id").bigIntegerValue())
        .isGreaterThan(BigInteger.valueOf(Long.MAX_VALUE));
  }

  @Test
  void eachSymbolIsAckedAloneWithTimesAndTheRequestsId() {
    Session session = bench.open(outlet);
    outlet.take();
    session.onText(
        "{\"method\":\"subscribe\",\"params\":{\"channel\":\"ohlc\",\"symbol\":[\"BTC/USD\","
            + "\"DOGE/USD\"],\"interval\":5,\"snapshot\":false},\"req_id\":7}",
        bench.now[0]);
    List<JsonNode> acks = outlet.take().stream().map(KrakenBench::json).toList();
    assertThat(acks).hasSize(2);
    for (JsonNode ack : acks) {
      assertThat(ack.path("success").asBoolean()).isTrue();
      assertThat(ack.path("req_id").asInt()).isEqualTo(7);
      assertThat(ack.at("/result/interval").asInt()).isEqualTo(5);
      assertThat(ack.at("/result/warnings/0").asText()).contains("deprecated");
      assertThat(ack.path("time_in").asText()).endsWith("Z");
    }
    session.onText(KrakenBench.subscribe("trade", "", "BTC/USD"), bench.now[0]);
    JsonNode trade = KrakenBench.json(outlet.take().get(0));
    assertThat(trade.at("/result/snapshot").asBoolean()).isFalse(); // by default
    assertThat(trade.has("req_id")).isFalse();
  }

  @Test
  void errorsAreTheVenuesAndLeaveTheConnectionOpen() {
    Session session = bench.open(outlet);
    outlet.take();
    assertThat(error(session, KrakenBench.subscribe("trade", "", "XBT/USD")))
        .isEqualTo("Currency pair not supported XBT/USD");
    assertThat(error(session, KrakenBench.subscribe("trade", "", "XBTUSD")))
        .isEqualTo("Currency pair not in ISO 4217-A3 format XBTUSD");
    assertThat(error(session, KrakenBench.subscribe("ohlc", ",\"interval\":7", "BTC/USD")))
        .isEqualTo("Subscription ohlc interval not supported");
    assertThat(error(session, KrakenBench.subscribe("books", "", "BTC/USD")))
        .isEqualTo("Channel not supported");
    assertThat(error(session, "not json")).isEqualTo("Malformed request");
    assertThat(error(session, "{\"method\":\"dance\"}")).isEqualTo("Unsupported method");
    session.onText(KrakenBench.subscribe("trade", "", "NOPE/USD", "BTC/USD"), bench.now[0]);
    List<String> mixed = outlet.take();
    assertThat(mixed.get(0)).contains("not supported NOPE/USD");
    assertThat(mixed.get(1)).contains("\"success\":true");
    assertThat(error(session, KrakenBench.subscribe("trade", "", "BTC/USD")))
        .isEqualTo("Already subscribed");
    assertThat(outlet.closedWith).isZero();
  }

  @Test
  void unsubscribingIsAckedAndEndsTheRows() {
    Session session = bench.open(outlet);
    session.onText(KrakenBench.subscribe("ohlc", ",\"interval\":1", "BTC/USD"), bench.now[0]);
    outlet.take();
    session.onText(
        KrakenBench.subscribe("ohlc", ",\"interval\":1", "BTC/USD")
            .replace("subscribe", "unsubscribe"),
        bench.now[0]);
    JsonNode ack = KrakenBench.json(outlet.take().get(0));
    assertThat(ack.path("method").asText()).isEqualTo("unsubscribe");
    assertThat(ack.at("/result/interval").asInt()).isEqualTo(1);
    bench.run(60_000, outlet, session);
    assertThat(outlet.take()).isEmpty();
  }

  @Test
  void heartbeatsComeEverySecondAfterTheFirstSubscriptionOnly() {
    Session session = bench.open(outlet);
    bench.run(10_000, outlet, session);
    assertThat(outlet.take()).noneMatch(frame -> frame.contains("heartbeat"));
    session.onText(KrakenBench.subscribe("trade", "", "DOGE/USD"), bench.now[0]);
    bench.run(60_000, outlet, session);
    assertThat(outlet.take().stream().filter(f -> f.equals("{\"channel\":\"heartbeat\"}")))
        .hasSizeBetween(59, 61);
  }

  @Test
  void pingIsAnsweredAndAMinuteWithoutAnythingEndsTheConnection() {
    Session session = bench.open(outlet);
    bench.run(59_000, outlet, session);
    session.onText("{\"method\":\"ping\",\"req_id\":42}", bench.now[0]);
    assertThat(outlet.take()).last().asString().contains("\"method\":\"pong\"").contains("42");
    bench.run(59_000, outlet, session);
    assertThat(outlet.closedWith).isZero();
    bench.run(2_000, outlet, session);
    assertThat(outlet.closedWith).isEqualTo(1000);
  }

  @Test
  void theFiftyFirstRequestOfASecondIsTooMany() {
    Session session = bench.open(outlet);
    for (int i = 0; i < 50; i++) {
      session.onText("{\"method\":\"ping\"}", bench.now[0]);
    }
    assertThat(outlet.take()).noneMatch(frame -> frame.contains("Exceeded"));
    assertThat(error(session, "{\"method\":\"ping\"}")).isEqualTo("Exceeded msg rate");
  }

  @Test
  void the151stConnectionOfTenMinutesIsBannedForTenMinutes() {
    for (int i = 0; i < 150; i++) {
      assertThat(bench.sockets.admits(bench.now[0])).isTrue();
    }
    assertThat(bench.sockets.admits(bench.now[0] + 300_000)).isFalse();
    assertThat(bench.sockets.admits(bench.now[0] + 700_000)).isFalse();
    assertThat(bench.sockets.admits(bench.now[0] + 900_000)).isTrue();
  }

  @Test
  void anAnnouncedCutIsMaintenance() {
    bench.open(outlet).onNotice();
    assertThat(outlet.take()).last().asString().contains("\"system\":\"maintenance\"");
  }

  @Test
  void ackedSubscriptionsCanStaySilentWhileHeartbeatsGoOn() {
    Fault fault =
        Fault.at(FaultKind.ACK_THEN_SILENCE, "kraken", KrakenBench.START)
            .lasting(Duration.ofMinutes(2));
    KrakenBench silent = new KrakenBench(fault);
    Session session = silent.open(outlet);
    session.onText(KrakenBench.subscribe("trade", ",\"snapshot\":true", "BTC/USD"), silent.now[0]);
    silent.run(119_000, outlet, session);
    List<String> sent = outlet.take();
    assertThat(sent).anyMatch(frame -> frame.contains("\"success\":true"));
    assertThat(sent).anyMatch(frame -> frame.contains("heartbeat"));
    assertThat(KrakenBench.frames(sent, "trade")).isEmpty();
    silent.run(60_000, outlet, session);
    assertThat(KrakenBench.frames(outlet.take(), "trade")).isNotEmpty();
  }

  private String error(Session session, String request) {
    outlet.take();
    session.onText(request, bench.now[0]);
    JsonNode answer = KrakenBench.json(outlet.take().get(0));
    assertThat(answer.path("success").asBoolean(true)).isFalse();
    assertThat(answer.has("result")).isFalse();
    return answer.path("error").asText();
  }
}
