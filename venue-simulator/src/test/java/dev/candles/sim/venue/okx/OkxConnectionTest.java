package dev.candles.sim.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OkxConnectionTest {
  private final OfflineOkx desk = new OfflineOkx();
  private final FakeClientSink outlet = new FakeClientSink();

  @Test
  void eachArgIsAckedWithItsIdAndConnectionAndDuplicatesAgain() {
    Session session = desk.business(outlet);
    session.onText(
        "{\"id\":\"1512\",\"op\":\"subscribe\",\"args\":["
            + "{\"channel\":\"candle1m\",\"instId\":\"BTC-USDT\"},"
            + "{\"channel\":\"candle1m\",\"instId\":\"BTC-USDT\"},"
            + "{\"channel\":\"candle5m\",\"instId\":\"DOGE-USDT\"}]}",
        desk.now[0]);
    List<JsonNode> acks =
        outlet.take().stream()
            .map(OfflineOkx::json)
            .filter(frame -> frame.path("event").asText().equals("subscribe"))
            .toList();
    assertThat(acks).hasSize(3);
    assertThat(acks).allMatch(ack -> ack.path("id").asText().equals("1512"));
    assertThat(acks).allMatch(ack -> ack.path("connId").asText().length() == 8);
    assertThat(acks.get(2).path("arg").path("channel").asText()).isEqualTo("candle5m");
  }

  @Test
  void unsubscribingIsAckedAndEndsTheRows() {
    Session session = desk.business(outlet);
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    session.onText(
        OfflineOkx.subscribe("candle1m", OfflineOkx.BTC).replace("subscribe", "unsubscribe"),
        desk.now[0]);
    assertThat(outlet.take()).last().asString().contains("\"event\":\"unsubscribe\"");
    desk.run(10_000, outlet, session);
    assertThat(outlet.take()).isEmpty();
  }

  @Test
  void aCandleChannelOnPublicIsError60018InTheVenuesWords() {
    desk.open(outlet).onText(OfflineOkx.subscribe("candle1m", "BTC-USDT"), desk.now[0]);
    JsonNode error = OfflineOkx.json(outlet.take().get(0));
    assertThat(error.path("event").asText()).isEqualTo("error");
    assertThat(error.path("code").asText()).isEqualTo("60018");
    assertThat(error.path("msg").asText())
        .isEqualTo(
            "Subscribe failed, wrong URL or channel:candle1m,instId:BTC-USDT doesn't exist. Please"
                + " use the correct URL, channel and parameters referring to API document.");
    assertThat(error.has("arg")).isFalse();
  }

  @Test
  void badRequestsHaveTheirCodesAndLeaveTheConnectionOpen() {
    Session session = desk.business(outlet);
    assertThat(code(session, "{\"op\": \"subscribe\", \"argss\":[{}]}")).isEqualTo("60012");
    assertThat(code(session, "not json")).isEqualTo("60012");
    assertThat(code(session, "[]")).isEqualTo("60012");
    assertThat(code(session, "{\"op\":\"dance\",\"args\":[{}]}")).isEqualTo("60019");
    assertThat(code(session, "{\"op\":\"subscribe\",\"args\":[{}]}")).isEqualTo("60013");
    assertThat(code(session, OfflineOkx.subscribe("trades", "BTC-USDT"))).isEqualTo("64002");
    assertThat(code(session, OfflineOkx.subscribe("candle1m", "BTC-USD"))).isEqualTo("60018");
    assertThat(code(session, OfflineOkx.subscribe("candle7m", "BTC-USDT"))).isEqualTo("60018");
    String many = "{\"channel\":\"candle1m\",\"instId\":\"BTC-USDT\"},".repeat(1_600);
    assertThat(code(session, "{\"op\":\"subscribe\",\"args\":[" + many + "{}]}"))
        .isEqualTo("60012");
    assertThat(outlet.closedWith).isZero();
  }

  @Test
  void the481stRequestOfAnHourIsError60014() {
    Session session = desk.business(outlet);
    for (int i = 0; i < 480; i++) {
      session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    }
    assertThat(outlet.take()).noneMatch(frame -> frame.contains("60014"));
    assertThat(code(session, OfflineOkx.subscribe("candle1m", OfflineOkx.BTC))).isEqualTo("60014");
    desk.now[0] += 3_600_001;
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    assertThat(outlet.take()).noneMatch(frame -> frame.contains("60014"));
  }

  @Test
  void pingIsAnsweredPongAndSilenceEndsWith4004() {
    Session session = desk.business(outlet);
    desk.run(29_000, outlet, session);
    session.onText("ping", desk.now[0]);
    assertThat(outlet.take()).containsExactly("pong");
    desk.run(29_000, outlet, session);
    assertThat(outlet.closedWith).isZero();
    desk.run(2_000, outlet, session);
    assertThat(outlet.closedWith).isEqualTo(4004);
  }

  @Test
  void atHighSpeedSilenceLastsFiveRealSeconds() {
    OfflineOkx fast = new OfflineOkx(10_000, true, Duration.ZERO);
    Session session = fast.business(outlet);
    fast.run(49_999_000, outlet, session); // 30 s of market time are 3 ms here
    assertThat(outlet.closedWith).isZero();
    fast.run(2_000, outlet, session);
    assertThat(outlet.closedWith).isEqualTo(4004);
  }

  @Test
  void theUpgradeNoticeComesOnPublicOnly() {
    desk.open(outlet).onNotice();
    assertThat(outlet.take()).singleElement().asString().contains("64008");
    desk.business(outlet).onNotice();
    assertThat(outlet.take()).isEmpty();
  }

  private String code(Session session, String request) {
    outlet.take();
    session.onText(request, desk.now[0]);
    List<String> answers = outlet.take();
    JsonNode answer = OfflineOkx.json(answers.get(answers.size() - 1));
    assertThat(answer.path("event").asText()).isEqualTo("error");
    return answer.path("code").asText();
  }
}
