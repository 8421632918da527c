package dev.candles.cli.page;

import static dev.candles.cli.page.PageLake.DAY;
import static dev.candles.cli.page.PageLake.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.Commands;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page by HTTP: what it answers, and what it refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LivePageTest {
  /** As many as the page holds. */
  private static final int MOST_CONNECTIONS = 32;

  private ServedPage page;

  @BeforeAll
  void serve(@TempDir Path lake) throws Exception {
    PageLake.make(lake);
    page = new ServedPage(lake);
  }

  @AfterAll
  void stop() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  @Test
  void tellsTheStatusAndWhereTheReportIs() throws Exception {
    assertThat(page.looked("/api/status"))
        .startsWith("{\"format\":\"candles-page-1\",\"looked_ms\":")
        .contains("\"look_failed\":\"\"", "\"given_up\":1,")
        .contains("\"words\":{", "\"AWAY\":\"the collector was away\"")
        .contains("\"qa_report\":\"/reports/qa-2026-01-10.html\"")
        .contains("\"status\":{\"format\":\"candles-status-1\"")
        .contains("\"what\":\"no collector runs\"")
        .contains("coinbase: 60 intervals of 1 stream missing: the feed went on without them");
  }

  @Test
  void tellsTheCoverageDayByDay() throws Exception {
    assertThat(page.looked("/api/coverage"))
        .contains(
            "{\"id\":\"coinbase/BTC-USD/1m\",\"step_ms\":60000,\"from_ms\":1767916800000,"
                + "\"to_ms\":1768089600000,\"first_day_ms\":1767916800000,"
                + "\"days\":[[1439,0,0,1,0],[1380,0,60,0,0]]}")
        .contains("\"days\":[[1440,0,0,0,0],[1440,0,0,0,0]]");
  }

  @Test
  void tellsCandlesWithWhatLacksBetweenThem() throws Exception {
    page.looked("/api/status");
    long from = DAY + 1_998 * MINUTE;
    String body = page.looked(stream(from, from + 5 * MINUTE));
    assertThat(body)
        .contains("\"from_ms\":" + from + ",\"to_ms\":" + (from + 5 * MINUTE))
        .contains("\"reach_ms\":1768089600000")
        .contains(
            "\"lacking\":[[" + (from + 2 * MINUTE) + "," + (from + 5 * MINUTE) + ",\"MISSING\"");
    assertThat(body.substring(body.indexOf("\"candles\":"), body.indexOf("\"lacking\":")))
        .contains("[" + from + ",", "[" + (from + MINUTE) + ",")
        .doesNotContain("[" + (from + 2 * MINUTE) + ",");
  }

  private static String stream(long from, long to) {
    return "/api/stream?id=coinbase%2FBTC-USD%2F1m&from=" + from + "&to=" + to;
  }

  @ParameterizedTest
  @CsvSource({
    "from=0&to=60000, 404",
    "id=coinbase/BTC-USD/5m&from=0&to=60000, 404",
    "id=coinbase/BTC-USD/1m, 400",
    "id=coinbase/BTC-USD/1m&from=x&to=1, 400",
    "id=coinbase/BTC-USD/1m&from=60000&to=60000, 400",
    "id=coinbase/BTC-USD/1m&from=-60000&to=60000, 400",
    "id=coinbase/BTC-USD/1m&from=0&to=86460000, 400",
    "id=coinbase/BTC-USD/1m&from=0&to=86400000, 200"
  })
  void readsNoMoreThanADayOfMinutesOfAStreamThatIsThere(String query, int code) throws Exception {
    page.looked("/api/status");
    assertThat(page.get("/api/stream?" + query).statusCode()).isEqualTo(code);
  }

  @Test
  void whatIsNoAddressIsRefused() throws Exception {
    page.looked("/api/status");
    for (String query : List.of("id=%zz", "id=%", "id=%2")) {
      assertThat(code("GET /api/stream?" + query + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n"))
          .as(query)
          .isEqualTo("400");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/parts.js", "/page.css", "/api/status", "/nowhere"})
  void everyAnswerForbidsWhatAPageNeedNotDo(String path) throws Exception {
    HttpResponse<String> answer = page.get(path);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe", "http", "*");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void thePageNamesNothingOfElsewhere() throws Exception {
    for (String path : List.of("/", "/page.js", "/page.css", "/parts.css")) {
      assertThat(page.get(path).body().replace("'http://'", "").replace("^https?:", ""))
          .as(path)
          .isNotEmpty()
          .doesNotContain("http:", "https:", "//cdn");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
  void isReadOnly(String method) throws Exception {
    assertThat(code(method + " / HTTP/1.1\r\nHost: " + host() + "\r\n\r\n")).isEqualTo("405");
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    HttpResponse<String> answer = page.send("HEAD", "/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  /** A browser that was given another name for this address sends that name. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1", "localhost:1", ""})
  void whoCallsItByAnotherNameGetsNothing(String name) throws Exception {
    assertThat(code("GET /api/status HTTP/1.1\r\nHost: " + name + "\r\n\r\n")).isEqualTo("403");
    assertThat(code("GET /api/status HTTP/1.0\r\n\r\n")).as("without a name").isEqualTo("403");
  }

  @Test
  void localhostIsItsNameToo() throws Exception {
    String host = "localhost:" + page.address().getPort();
    assertThat(code("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo("200");
  }

  @Test
  void theReportIsServedAsItIsAndFetchesNothing() throws Exception {
    HttpResponse<String> answer = page.get("/reports/qa-2026-01-10.html");
    assertThat(answer.body()).isEqualTo("<p>the report</p>");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'unsafe-inline'")
        .doesNotContain("connect-src");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/reports/qa-2026-01-10.json",
        "/reports/qa-2026-01-11.html",
        "/reports/qa-2026-13-41.html",
        "/reports/../reports/qa-2026-01-10.html",
        "/reports/%2e%2e/.state/lock",
        "/reports/",
        "/.state/lock",
        "/api"
      })
  void nothingElseOfTheLakeIsServed(String path) throws Exception {
    assertThat(code("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n")).isEqualTo("404");
  }

  @Test
  void aRequestThatIsTooLargeIsCutOff() throws Exception {
    String large = "x".repeat(64 << 10);
    assertThat(code("GET /" + large + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n"))
        .isNotEqualTo("200")
        .isNotEqualTo("404");
    assertThat(code("GET / HTTP/1.1\r\nHost: " + host() + "\r\nX: " + large + "\r\n\r\n"))
        .isNotEqualTo("200");
  }

  /** Whoever begins a request and does not end it has a connection, and others have the rest. */
  @Test
  void connectionsAreBounded() throws Exception {
    List<Socket> open = new ArrayList<>();
    int answered = 0;
    try {
      for (int i = 0; i < MOST_CONNECTIONS + 8; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.address().getPort());
        open.add(socket);
        socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      for (Socket socket : open) {
        answered += answer(socket, "Host: " + host() + "\r\n\r\n").isEmpty() ? 0 : 1;
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    assertThat(answered).isBetween(1, MOST_CONNECTIONS);
  }

  private String host() {
    return "127.0.0.1:" + page.address().getPort();
  }

  /** The code of the answer, or nothing if there is none. */
  private String code(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.address().getPort())) {
      String answer = answer(socket, request);
      return answer.matches("HTTP/1.[01] \\d{3}.*") ? answer.substring(9, 12) : "";
    }
  }

  /** The beginning of what is answered; nothing if the connection is cut. */
  private static String answer(Socket socket, String request) throws IOException {
    socket.setSoTimeout(60_000);
    try {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] begin = socket.getInputStream().readNBytes(15);
      return new String(begin, StandardCharsets.US_ASCII);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException cut) {
      return "";
    }
  }

  @Test
  void aPortThatIsTakenIsNamed(@TempDir Path lake) throws Exception {
    PageLake.make(lake);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Commands.Result said =
          Commands.run("status", "--serve", "--port", port, "--data-dir", lake.toString());
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains("port " + port + " of the page is in use on 127.0.0.1; name");
    }
    Commands.Result none =
        Commands.run("status", "--serve", "--port", "65536", "--data-dir", lake.toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("--port: found '65536', expected 0 to 65535");
  }
}
