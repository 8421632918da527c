package dev.candles.sources.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both transports over TLS, as the venues have it; on loopback with certificates of the test. */
@Timeout(120)
class TlsTest {
  private static final String NOT_OURS = "No subject alternative names matching IP address";

  @TempDir private static Path folder;
  private static SSLContext ours;
  private static SSLContext others;

  private final Semaphore news = new Semaphore(0);
  private final ConnectionQueue queue = new ConnectionQueue(1_000, 1 << 20, news::release);

  @BeforeAll
  static void certificates() throws Exception {
    ours = TestCertificate.of(folder, "ip:127.0.0.1");
    others = TestCertificate.of(folder, "dns:venue.test");
  }

  @Test
  void aFeedTalksToAServerWhoseCertificateItTrusts() throws Exception {
    try (LoopbackServer server = LoopbackServer.started(ours);
        WebSocketFeed feed = WebSocketFeed.open(server.uri(), queue, ours)) {
      assertThat(next()).isInstanceOf(FeedSignal.Opened.class);
      feed.send(List.of("ping"));
      feed.flush(0);
      assertThat(next()).isEqualTo(new FeedSignal.Frame("pong", 0));
    }
  }

  @Test
  void aFeedRefusesTheCertificateOfAnotherHostAndSaysSo() throws Exception {
    try (LoopbackServer server = LoopbackServer.started(others);
        WebSocketFeed feed = WebSocketFeed.open(server.uri(), queue, others)) {
      assertThat(lost()).contains(NOT_OURS);
      assertThat(server.connections()).isEmpty();
    }
  }

  @Test
  void aFeedRefusesTheCertificateOfAnIssuerThatNobodyKnowsAndSaysSo() throws Exception {
    try (LoopbackServer server = LoopbackServer.started(ours);
        WebSocketFeed feed =
            WebSocketFeed.open(
                server.uri(), 1_000, Duration.ofSeconds(10), Duration.ZERO, queue, () -> 0)) {
      assertThat(lost()).contains("unable to find valid certification path");
      assertThat(server.connections()).isEmpty();
    }
  }

  @Test
  void closingAFeedDoesNotWaitForAServerThatSaysNothing() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      WebSocketFeed feed = WebSocketFeed.open(wss(mute), queue, ours);
      try (Socket accepted = mute.accept()) {
        assertThat(accepted.getInputStream().read()).isNotNegative(); // it began to greet
        feed.close();
        assertThat(lost()).isEqualTo("closed by us");
        accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  @Test
  void closingAFeedDoesNotWaitForAServerThatReadsNothing() throws Exception {
    try (ServerSocket server =
            ours.getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        WebSocketFeed feed = WebSocketFeed.open(wss(server), queue, ours);
        Socket accepted = server.accept()) {
      upgrade(accepted);
      assertThat(next()).isInstanceOf(FeedSignal.Opened.class);
      String much = "x".repeat(1 << 20);
      for (int i = 0; i < 32; i++) {
        feed.ping(much);
      }
      feed.close();
      assertThat(lost()).isEqualTo("closed by us");
    }
  }

  @Test
  void aRestClientAsksAServerWhoseCertificateItTrusts() throws Exception {
    HttpsServer server = https(ours);
    try (RestClient client = new RestClient("acme", base(server), Duration.ofSeconds(20), ours)) {
      assertThat(client.get("/").get(60, TimeUnit.SECONDS).body()).isEqualTo("hello");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aRestClientRefusesTheCertificateOfAnotherHostAndSaysSo() throws Exception {
    HttpsServer server = https(others);
    try (RestClient client = new RestClient("acme", base(server), Duration.ofSeconds(20), others)) {
      assertThatThrownBy(() -> client.get("/").get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SSLException.class)
          .hasMessageContaining(NOT_OURS);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aRestClientRefusesTheCertificateOfAnIssuerThatNobodyKnowsAndSaysSo() throws Exception {
    HttpsServer server = https(ours);
    try (RestClient client = new RestClient("acme", base(server))) {
      assertThatThrownBy(() -> client.get("/").get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SSLException.class)
          .hasMessageContaining("unable to find valid certification path");
    } finally {
      server.stop(0);
    }
  }

  private FeedSignal next() throws InterruptedException {
    while (queue.isEmpty()) {
      assertThat(news.tryAcquire(60, TimeUnit.SECONDS)).as("a signal comes").isTrue();
    }
    return queue.poll().orElseThrow();
  }

  private String lost() throws InterruptedException {
    FeedSignal signal = next();
    assertThat(signal).isInstanceOf(FeedSignal.Lost.class);
    return ((FeedSignal.Lost) signal).error();
  }

  /** Answers the handshake of the websocket, and then reads no more. */
  private static void upgrade(Socket accepted) throws Exception {
    InputStream in = accepted.getInputStream();
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) in.read());
    }
    String key = new Scanner(request.toString()).findWithinHorizon("(?i)key: (\\S+)", 0);
    byte[] told =
        (key.substring(5) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
            .getBytes(StandardCharsets.US_ASCII);
    String accept =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(told));
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept
            + "\r\n\r\n";
    accepted.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    accepted.getOutputStream().flush();
  }

  private static HttpsServer https(SSLContext identity) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write("hello".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    return server;
  }

  private static URI base(HttpsServer server) {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  private static URI wss(ServerSocket server) {
    return URI.create("wss://127.0.0.1:" + server.getLocalPort());
  }
}
