package dev.candles.sim.venue.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoinbaseConnectionTest {
  private final CoinbaseBench bench = new CoinbaseBench();
  private final FakeClientSink outlet = new FakeClientSink();

  @Test
  void whoDoesNotSubscribeWithinFiveSecondsIsClosed() {
    Session session = bench.open(outlet);
    bench.run(5_000, outlet, session);
    assertThat(outlet.closedWith).isZero();
    bench.run(200, outlet, session);
    assertThat(outlet.closedWith).isEqualTo(1000);
  }

  @Test
  void atHighSpeedTheDeadlineIsFiveRealSeconds() {
    CoinbaseBench fast = new CoinbaseBench(1_000, Duration.ZERO);
    Session session = fast.open(outlet);
    fast.run(4_999_000, outlet, session); // five seconds of market time are 5 ms here
    assertThat(outlet.closedWith).isZero();
    fast.run(2_000, outlet, session);
    assertThat(outlet.closedWith).isEqualTo(1000);
  }

  @Test
  void bothFormsOfChannelsAreUnderstoodAndTheAnswerListsAllSubscriptions() {
    Session session = bench.open(outlet);
    session.onText(
        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"heartbeat\","
            + "{\"name\":\"matches\",\"product_ids\":[\"DOGE-USD\"]}]}",
        bench.now[0]);
    JsonNode answer = answer();
    assertThat(products(answer, "heartbeat")).isEqualTo("[\"BTC-USD\"]");
    assertThat(products(answer, "matches")).isEqualTo("[\"BTC-USD\",\"DOGE-USD\"]");
    session.onText(
        "{\"type\":\"subscribe\",\"channels\":[{\"name\":\"heartbeat\",\"product_ids\":"
            + "[\"DOGE-USD\"]}]}",
        bench.now[0]);
    assertThat(products(answer(), "matches")).isEqualTo("[\"BTC-USD\",\"DOGE-USD\"]");
  }

  @Test
  void theAnswerComesBeforeTheLastMatchOrAfterIt() {
    bench.listen(outlet);
    List<String> first = outlet.take();
    bench.listen(outlet);
    List<String> second = outlet.take();
    assertThat(first.get(0)).contains("subscriptions");
    assertThat(second.get(0)).contains("last_match");
    assertThat(second.get(second.size() - 1)).contains("subscriptions");
  }

  @Test
  void unsubscribingEndsTheFramesAndWithoutProductsDropsTheChannel() {
    Session session = bench.listen(outlet);
    outlet.take();
    session.onText(
        "{\"type\":\"unsubscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\"]}",
        bench.now[0]);
    assertThat(products(answer(), "matches")).isEqualTo("[\"DOGE-USD\"]");
    session.onText("{\"type\":\"unsubscribe\",\"channels\":[\"heartbeat\"]}", bench.now[0]);
    assertThat(answer().toString()).doesNotContain("heartbeat");
    bench.run(120_000, outlet, session);
    List<String> sent = outlet.take();
    assertThat(CoinbaseBench.frames(sent, "heartbeat", "")).isEmpty();
    assertThat(CoinbaseBench.frames(sent, "match", CoinbaseBench.BTC)).isEmpty();
    assertThat(CoinbaseBench.frames(sent, "match", CoinbaseBench.DOGE)).isNotEmpty();
  }

  @Test
  void anUnknownProductIsAnErrorPerChannelAndTheOthersAreSubscribed() {
    bench.open(outlet).onText(CoinbaseBench.subscribe("NOPE-USD", "BTC-USD"), bench.now[0]);
    List<JsonNode> errors = CoinbaseBench.frames(List.copyOf(outlet.sent), "error", "");
    assertThat(errors).hasSize(2);
    assertThat(errors.get(0).path("message").asText()).isEqualTo("Failed to subscribe");
    assertThat(errors.get(0).path("reason").asText()).isEqualTo("NOPE-USD is not a valid product");
    assertThat(products(answer(), "matches")).isEqualTo("[\"BTC-USD\"]");
  }

  @Test
  void privateChannelsUnknownOnesAndNonsenseAreErrorsThatLeaveTheConnectionOpen() {
    Session session = bench.open(outlet);
    session.onText(
        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"full\",\"x\"]}",
        bench.now[0]);
    session.onText("{\"type\":\"subscribe\"}", bench.now[0]);
    session.onText("not json", bench.now[0]);
    session.onText("[]", bench.now[0]);
    session.onText("{\"type\":\"dance\"}", bench.now[0]);
    List<JsonNode> errors = CoinbaseBench.frames(outlet.take(), "error", "");
    assertThat(errors).hasSize(6);
    assertThat(errors.get(0).path("reason").asText()).contains("now require authentication");
    assertThat(errors.get(1).path("reason").asText()).isEqualTo("x is not a valid channel");
    assertThat(errors.get(3).path("message").asText()).isEqualTo("Malformed JSON");
    assertThat(outlet.closedWith).isZero();
  }

  @Test
  void the101stMessageOfASecondIsRefused() {
    Session session = bench.open(outlet);
    for (int i = 0; i < 100; i++) {
      session.onText("{\"type\":\"unsubscribe\",\"channels\":[\"matches\"]}", bench.now[0]);
    }
    assertThat(outlet.take()).noneMatch(frame -> frame.contains("Rate limit"));
    session.onText(CoinbaseBench.subscribe("BTC-USD"), bench.now[0]);
    assertThat(outlet.take()).singleElement().asString().contains("Rate limit exceeded");
  }

  @Test
  void theTwentyFirstConnectionAtOnceIsNotAdmitted() {
    for (int i = 0; i < 20; i++) {
      assertThat(bench.sockets.admits(bench.now[0])).isTrue();
    }
    assertThat(bench.sockets.admits(bench.now[0])).isFalse();
    assertThat(bench.sockets.admits(bench.now[0] + 125)).isTrue();
    assertThat(bench.sockets.serves("/v2")).isFalse();
  }

  private JsonNode answer() {
    List<JsonNode> answers = CoinbaseBench.frames(outlet.take(), "subscriptions", "");
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private static String products(JsonNode answer, String channel) {
    for (JsonNode one : answer.path("channels")) {
      if (one.path("name").asText().equals(channel)) {
        return one.path("product_ids").toString();
      }
    }
    return "";
  }
}
