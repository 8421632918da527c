package dev.candles.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.truth.TrueCandle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.java_websocket.framing.CloseFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class SimulatorTest {
  private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBSCRIBE =
      "{\"op\":\"subscribe\",\"args\":[{\"channel\":\"candle1m\",\"instId\":\"BTC-USDT\"}]}";

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void everyMinuteIsPushedClosedOverASocketAndEqualsTheTruth() throws Exception {
    try (Simulator simulator = Simulator.start(fast());
        Listener listener = Listener.connect(simulator, "/ws/v5/business")) {
      listener.send(SUBSCRIBE);
      listener.await(frames -> closing(frames).size() >= 5);
      List<JsonNode> closed = closing(listener.frames());
      long from = closed.get(0).get(0).asLong();
      StreamKey stream = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
      List<TrueCandle> truth =
          simulator.truth().candles(stream, from, from + closed.size() * 60_000L);
      assertThat(truth).hasSameSizeAs(closed);
      for (int i = 0; i < truth.size(); i++) {
        assertThat(closed.get(i).get(0).asLong()).isEqualTo(truth.get(i).openTimeMs());
        assertThat(closed.get(i).get(4).asDouble()).isEqualTo(truth.get(i).close());
        assertThat(closed.get(i).get(5).asDouble()).isEqualTo(truth.get(i).volume());
      }
    }
  }

  @Test
  void restAnswersOverHttpWithTheVenuesDate() throws Exception {
    try (Simulator simulator = Simulator.start(fast())) {
      URI uri =
          simulator.rest("okx").resolve("/api/v5/market/candles?instId=BTC-USDT&bar=1m&limit=2");
      HttpResponse<String> answer = get(uri);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(JSON.readTree(answer.body()).path("data").size()).isEqualTo(2);
      assertThat(answer.headers().firstValue("Date").orElseThrow()).contains("Jan 2026");
      assertThat(simulator.venue("okx").restCounts().requests()).isEqualTo(1);
    }
  }

  @Test
  void theTruthIsServedOverHttp() throws Exception {
    SimulatorConfig config =
        fast().withoutFlatRows().withSilence(0.3).startingAt(START + 7_200_000, 1);
    try (Simulator simulator = Simulator.start(config)) {
      String query =
          "?venue=okx&symbol=BTC-USDT&timeframe=1m&from=" + START + "&to=" + (START + 3_600_000);
      JsonNode candles = JSON.readTree(get(truth(simulator, "/candles" + query)).body());
      JsonNode empty = JSON.readTree(get(truth(simulator, "/empty" + query)).body());
      assertThat(candles.size() + empty.size()).isEqualTo(60);
      assertThat(empty.size()).isPositive();
      Set<String> names = new HashSet<>();
      candles.get(0).fieldNames().forEachRemaining(names::add);
      assertThat(names)
          .contains("open_time_ms", "open", "high", "low", "close", "volume", "trade_count")
          .contains("first_trade_id", "last_trade_id");
      JsonNode faults = JSON.readTree(get(truth(simulator, "/faults")).body());
      assertThat(faults.size()).isEqualTo(FaultKind.values().length);
      HttpResponse<String> bad = get(truth(simulator, "/candles?venue=okx&symbol=BTC-USDT"));
      assertThat(bad.statusCode()).isEqualTo(400);
      assertThat(bad.body()).contains("timeframe is none of");
    }
  }

  @Test
  void oneLineOfJsonNamesClockAndAddresses() throws Exception {
    try (Simulator simulator = Simulator.start(fast())) {
      JsonNode line = JSON.readTree(simulator.toJson());
      assertThat(line.at("/clock/speed").asDouble()).isEqualTo(60);
      assertThat(line.at("/venues/okx/ws").asText()).startsWith("ws://127.0.0.1:");
      assertThat(line.at("/venues/okx/rest").asText()).startsWith("http://127.0.0.1:");
      assertThat(line.at("/truth").asText()).isEqualTo(simulator.truthAddress().toString());
    }
  }

  @Test
  void anAnnouncedCutIsNoticedOnPublicFirst() throws Exception {
    Fault cut = Fault.every(FaultKind.CUT, "okx", Duration.ofMinutes(3)).by(Duration.ofMinutes(1));
    try (Simulator simulator = Simulator.start(fast().withFaults(List.of(cut)));
        Listener open = Listener.connect(simulator, "/ws/v5/public");
        Listener business = Listener.connect(simulator, "/ws/v5/business")) {
      open.send(SUBSCRIBE.replace("candle1m", "trades"));
      business.send(SUBSCRIBE);
      open.awaitClosed();
      business.awaitClosed();
      assertThat(open.frames()).anyMatch(frame -> frame.contains("64008"));
      assertThat(business.frames()).noneMatch(frame -> frame.contains("64008"));
    }
  }

  @Test
  void aHugeFrameReachesTheListener() throws Exception {
    Fault huge = Fault.at(FaultKind.HUGE_FRAME, "okx", START);
    try (Simulator simulator = Simulator.start(fast().withFaults(List.of(huge)));
        Listener listener = Listener.connect(simulator, "/ws/v5/business")) {
      listener.send(SUBSCRIBE);
      listener.await(frames -> frames.stream().anyMatch(frame -> frame.length() > 10_000_000));
      assertThat(simulator.faults().counted(FaultKind.HUGE_FRAME)).isEqualTo(1);
    }
  }

  @Test
  void aSwapsRecordedSeriesIsPlayedUnderTheSpotName() throws Exception {
    Path file = Recordings.find("history/okx/BTC-USDT-SWAP_1m_2026-01-01_10.csv.gz");
    SimulatorConfig config =
        fast().withTape("okx", "BTC-USDT", file).startingAt(START + 600_000, 1);
    try (Simulator simulator = Simulator.start(config)) {
      String query = "/api/v5/market/candles?instId=BTC-USDT&after=" + (START + 120_000);
      JsonNode rows = JSON.readTree(get(simulator.rest("okx").resolve(query)).body()).path("data");
      assertThat(rows.size()).isEqualTo(2);
      assertThat(rows.get(1).toString())
          .startsWith("[\"1767225600000\",\"87593\",\"87604\",\"87577\",\"87594.1\",\"41.4965\"");
      assertThat(rows.get(1).get(8).asText()).isEqualTo("1");
    }
  }

  @Test
  void moreThanThreeConnectionsASecondAreRefused() throws Exception {
    SimulatorConfig slow = fast().startingAt(START, 0.001);
    try (Simulator simulator = Simulator.start(slow);
        Listener one = Listener.connect(simulator, "/ws/v5/business");
        Listener two = Listener.connect(simulator, "/ws/v5/public");
        Listener three = Listener.connect(simulator, "/ws/v5/public")) {
      assertThatThrownBy(() -> Listener.connect(simulator, "/ws/v5/public"))
          .isInstanceOf(IOException.class);
      assertThat(simulator.venue("okx").connections()).isEqualTo(3);
      assertThat(List.of(one, two, three)).allMatch(Listener::isOpen);
    }
  }

  @Test
  void aMessageInFragmentsIsNotTaken() throws Exception {
    try (Simulator simulator = Simulator.start(fast());
        Listener listener = Listener.connect(simulator, "/ws/v5/business")) {
      listener.sendBeginning("pi");
      listener.awaitClosed();
      assertThat(listener.closeCode()).isEqualTo(CloseFrame.POLICY_VALIDATION);
    }
  }

  @Test
  void anotherPathIsRefused() throws Exception {
    try (Simulator simulator = Simulator.start(fast())) {
      assertThatThrownBy(() -> Listener.connect(simulator, "/ws/v5/private"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSilentConnectionIsClosedWith4004() throws Exception {
    try (Simulator simulator = Simulator.start(fast().startingAt(START, 100_000));
        Listener listener = Listener.connect(simulator, "/ws/v5/business")) {
      listener.awaitClosed();
      assertThat(listener.closeCode()).isEqualTo(4004);
    }
  }

  /**
   * Only the header of the frame is sent: a close with the body still unread would end in a TCP
   * reset, which may overtake the close frame.
   */
  @Test
  void anOversizedFrameClosesTheConnectionWith1009() throws Exception {
    try (Simulator simulator = Simulator.start(fast());
        RawSocket socket = RawSocket.upgrade(simulator.ws("okx"), "/ws/v5/business")) {
      socket.announceTextFrame(300_000);
      assertThat(socket.readCloseCode()).isEqualTo(1009);
    }
  }

  @Test
  void aWrongConfigurationNamesAllProblems() {
    assertThatThrownBy(
            () ->
                SimulatorConfig.defaults()
                    .withVenues(List.of("okx", "nope"))
                    .withSymbols("okx", List.of("../BTC")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown venue: venue=nope");
    assertThatThrownBy(() -> SimulatorConfig.defaults().withSymbols("okx", List.of("a", "b/c")))
        .hasMessageContaining("symbol=a")
        .hasMessageContaining("symbol=b/c");
  }

  private static SimulatorConfig fast() {
    return SimulatorConfig.defaults().withVenues(List.of("okx")).startingAt(START, 60);
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI truth(Simulator simulator, String path) {
    return URI.create(simulator.truthAddress() + path);
  }

  private static List<JsonNode> closing(List<String> frames) {
    return frames.stream()
        .filter(frame -> frame.contains("\"data\""))
        .map(SimulatorTest::json)
        .map(frame -> frame.path("data").get(0))
        .filter(row -> row.get(8).asText().equals("1"))
        .toList();
  }

  private static JsonNode json(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new AssertionError(frame, e);
    }
  }
}
