package dev.candles.sim.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send besides plain GET, and how much of it. */
@Timeout(600)
class HttpServerTest {
  private static final int READ_REAL_MS = 30_000;
  private static final String POST = "POST /p?a=1 HTTP/1.1\r\nHost: x\r\n";

  @Test
  void aFormCountsAsParametersWhetherItsLengthIsToldOrNot() throws Exception {
    try (HttpServer server = echo(true)) {
      String told = POST + "Content-Length: 7\r\n\r\nb=2&a=3";
      String form = POST + "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n";
      String chunks =
          form + "Transfer-Encoding: chunked\r\n\r\n3\r\nb=2\r\n4;x=y\r\n&a=3\r\n0\r\n\r\n";
      String next = "GET /q?c=%20 HTTP/1.1\r\n\r\n";
      assertThat(talk(server, told + chunks + next))
          .containsSubsequence("/p {a=3, b=2}", "/p {a=3, b=2}", "/q {c= }");
    }
  }

  @Test
  void aBodyThatIsNoFormIsReadAndLeftOut() throws Exception {
    try (HttpServer server = echo(true)) {
      String json =
          POST + "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"b\":\"2\"}";
      assertThat(talk(server, json + "GET /q HTTP/1.1\r\n\r\n"))
          .containsSubsequence("/p {a=1}", "/q {}");
    }
  }

  @Test
  void whoReadsNoFormsIsAskedByGetOnly() throws Exception {
    try (HttpServer server = echo(false)) {
      String post = POST + "Content-Length: 3\r\n\r\nb=2";
      String delete = "DELETE /p HTTP/1.1\r\n\r\n";
      assertThat(talk(server, post + delete + "GET /q HTTP/1.1\r\n\r\n"))
          .containsSubsequence("HTTP/1.1 405", "GET only", "HTTP/1.1 405", "/q {}")
          .doesNotContain("/p {");
    }
  }

  /** The connection ends: what follows could be read as anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 65537\r\n\r\n",
        "Content-Length: 9999999999\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: \u0661\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n10001\r\n",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        "Transfer-Encoding: chunked\r\n\r\nnothing\r\n",
      })
  void aBodyThatIsTooLongOrHasNoEndIsNotRead(String rest) throws Exception {
    try (HttpServer server = echo(true)) {
      assertThat(talk(server, POST + rest)).isEmpty();
      assertThat(talk(server, "GET /q HTTP/1.1\r\n\r\n")).contains("/q {}");
    }
  }

  @Test
  void headsLinesAndTrailersAreBounded() throws Exception {
    try (HttpServer server = echo(true)) {
      String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n";
      assertThat(talk(server, "GET /" + "x".repeat(40_000))).isEmpty();
      assertThat(talk(server, chunked + "1" + " ".repeat(300))).isEmpty();
      assertThat(talk(server, chunked + "0\r\n" + "a: b\r\n".repeat(40))).isEmpty();
      assertThat(talk(server, chunked + "0\r\na: b\r\n\r\n")).contains("/p {a=1}");
    }
  }

  private static HttpServer echo(boolean forms) throws IOException {
    return HttpServer.start(
        "test",
        new InetSocketAddress(Bind.loopback(), 0),
        forms,
        q -> SimResponse.json(200, q.path() + " " + q.query() + "\n", 0));
  }

  /** All that is answered until the server ends the connection, or has nothing more to answer. */
  private static String talk(HttpServer server, String text) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
      socket.setSoTimeout(READ_REAL_MS);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.net.SocketException e) {
      return ""; // ended with what was sent still unread
    }
  }
}
