package dev.candles.sources.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestClientTest {
  private HttpServer server;
  private RestClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    client = new RestClient("acme", base(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private static URI base(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private void answer(int status, byte[] body, String retryAfter) {
    server.createContext(
        "/",
        exchange -> {
          String agent = exchange.getRequestHeaders().getFirst("User-Agent");
          exchange.getResponseHeaders().add("X-Agent", agent);
          exchange.getResponseHeaders().add("Retry-After", retryAfter);
          exchange.getResponseHeaders().add("Age", "45");
          exchange.sendResponseHeaders(agent.startsWith("candles/") ? status : 400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private RestResponse get() throws Exception {
    return client.get("/x?a=1").get(LoopbackServer.DEADLINE_S, TimeUnit.SECONDS);
  }

  @Test
  void anAnswerComesWithStatusBodyAndTheAskedWait() throws Exception {
    answer(429, "später".getBytes(StandardCharsets.UTF_8), "7");
    RestResponse response = get();
    assertThat(response.status()).isEqualTo(429);
    assertThat(response.body()).isEqualTo("später");
    assertThat(response.retryAfterMs()).isEqualTo(7_000);
  }

  @Test
  void anAnswerTellsTheServersClockAndHowLongItLayInACache() throws Exception {
    long before = System.currentTimeMillis() / 1_000 * 1_000;
    answer(200, new byte[] {'x'}, "0");
    RestResponse response = get();
    assertThat(response.dateMs()).isBetween(before, System.currentTimeMillis());
    assertThat(response.ageMs()).isEqualTo(45_000);
    assertThat(response.asOfMs()).isEqualTo(response.dateMs() - 45_000);
  }

  @Test
  void aWaitThatIsNoNumberIsNoneAndAnHourIsTheMost() throws Exception {
    answer(429, new byte[] {'x'}, "soon");
    assertThat(get().retryAfterMs()).isEqualTo(-1);
    server.removeContext("/");
    answer(429, new byte[] {'x'}, "999999");
    assertThat(get().retryAfterMs()).isEqualTo(3_600_000);
  }

  @Test
  void aWaitMayBeATimeByTheServersOwnClock() throws Exception {
    long dateMs = RestResponse.dateMs("Fri, 02 Jan 2026 00:00:00 GMT");
    assertThat(RestResponse.retryAfterMs("Fri, 02 Jan 2026 00:01:30 GMT", dateMs))
        .isEqualTo(90_000);
    assertThat(RestResponse.retryAfterMs("Thu, 01 Jan 2026 00:00:00 GMT", dateMs)).isZero();
    assertThat(RestResponse.retryAfterMs("Fri, 02 Jan 2026 00:01:30 GMT", RestResponse.ABSENT))
        .isEqualTo(RestResponse.ABSENT);
    answer(429, new byte[] {'x'}, "Fri, 01 Jan 2100 00:00:00 GMT");
    assertThat(get().retryAfterMs()).as("an hour is the most").isEqualTo(3_600_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9 Mar 99999990 5:0 GMT",
        "9 3 099999990 5:0 GMT",
        "Sat, 1 Jan 999999999 00:00:00 GMT",
        "Sat, 1 Jan 10000 00:00:00 GMT",
        "Wed, 31 Dec 1969 23:59:59 GMT",
        "1 Jan -999999999 00:00 GMT"
      })
  void aTimeThatNoServerIsAtSaysNothing(String header) {
    assertThat(RestResponse.dateMs(header)).isEqualTo(RestResponse.ABSENT);
    assertThat(RestResponse.retryAfterMs(header, 0)).isEqualTo(RestResponse.ABSENT);
  }

  @Test
  void aBodyThatIsTooLargeFails() {
    answer(200, new byte[RestClient.MAX_BODY_BYTES + 1], "0");
    assertThatThrownBy(this::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("body is larger than 4194304 bytes");
  }

  @Test
  void aServerThatNeverAnswersFailsInTime() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        RestClient hasty =
            new RestClient("acme", base(mute.getLocalPort()), Duration.ofMillis(300))) {
      assertThatThrownBy(() -> hasty.get("/").get(LoopbackServer.DEADLINE_S, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage("no answer within 300 ms");
    }
  }

  @Test
  void aBodyThatNeverEndsFailsInTime() throws Exception {
    server.createContext("/", exchange -> exchange.sendResponseHeaders(200, 1_000));
    try (RestClient hasty =
        new RestClient("acme", base(server.getAddress().getPort()), Duration.ofMillis(300))) {
      assertThatThrownBy(() -> hasty.get("/").get(LoopbackServer.DEADLINE_S, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void noServerAndNoAddressFailTheFutureAndThrowNothing() {
    server.stop(0);
    assertThatThrownBy(this::get).hasCauseInstanceOf(IOException.class);
    assertThat(client.get("/ not an address")).isCompletedExceptionally();
  }

  @Test
  void aHostThatNobodyKnowsIsNamed() {
    try (RestClient lost = new RestClient("acme", URI.create("http://nowhere.invalid"))) {
      assertThatThrownBy(() -> lost.get("/").get(LoopbackServer.DEADLINE_S, TimeUnit.SECONDS))
          .cause()
          .hasMessage("host name nowhere.invalid cannot be resolved");
    }
  }

  @Test
  void aClosedClientAnswersNoMore() {
    client.close();
    assertThatThrownBy(this::get).hasRootCauseMessage("client is closed: base=" + base(port()));
  }

  private int port() {
    return server.getAddress().getPort();
  }
}
