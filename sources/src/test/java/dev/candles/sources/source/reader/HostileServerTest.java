package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.Reject;
import dev.candles.sources.transport.LoopbackServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does, the reader comes back, ever more slowly, and tells it. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class HostileServerTest {
  private static final long OPEN = ReaderHarness.OPEN_MS;

  private static URI uri(ServerSocket socket) {
    return URI.create("ws://127.0.0.1:" + socket.getLocalPort());
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static String error(ReaderHarness harness, int n) {
    return harness.of(ConnectionEvent.class).get(n).error();
  }

  private static void lost(ReaderHarness harness, int times) throws Exception {
    harness.await(times + " failures", () -> harness.of(ConnectionEvent.class).size() >= times);
    assertThat(harness.of(ConnectionEvent.class)).noneMatch(event -> event.live());
    assertThat(error(harness, times - 1)).isNotEmpty();
  }

  /** Answers each connection with some bytes; with none of them it stays mute. */
  private static List<Socket> answering(ServerSocket server, @Nullable String answer) {
    List<Socket> accepted = new CopyOnWriteArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket socket = server.accept();
                  accepted.add(socket);
                  if (answer != null) {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                  }
                }
              } catch (IOException e) {
                return; // the test has closed the server
              }
            });
    thread.setDaemon(true);
    thread.start();
    return accepted;
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsGivenUp() throws Exception {
    try (ServerSocket mute = listen();
        ReaderHarness harness = new ReaderHarness(uri(mute))) {
      List<Socket> accepted = answering(mute, null);
      harness.startWatching();
      for (int i = 1; i <= 2; i++) {
        int count = i;
        harness.await("connecting", () -> accepted.size() >= count);
        harness.push(Duration.ofSeconds(3));
        lost(harness, i);
        assertThat(error(harness, i - 1)).contains("no handshake");
        harness.push(Duration.ofSeconds(5));
      }
    }
  }

  @Test
  void aPortWhereNobodyListensIsTriedAgain() throws Exception {
    try (Socket silent = new Socket()) { // bound, so that nobody can listen there meanwhile
      silent.bind(new InetSocketAddress("127.0.0.1", 0));
      URI nobody = URI.create("ws://127.0.0.1:" + silent.getLocalPort());
      aPortWhereNobodyListensIsTriedAgain(nobody);
    }
  }

  private static void aPortWhereNobodyListensIsTriedAgain(URI nobody) throws Exception {
    try (ReaderHarness harness = new ReaderHarness(nobody)) {
      harness.startWatching();
      for (int i = 1; i <= 3; i++) {
        lost(harness, i);
        harness.push(Duration.ofSeconds(30));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html></html>",
        "nonsense\r\n\r\n",
        ""
      })
  void aServerThatRefusesIsTriedAgain(String answer) throws Exception {
    try (ServerSocket server = listen();
        ReaderHarness harness = new ReaderHarness(uri(server))) {
      List<Socket> accepted = answering(server, answer);
      harness.startWatching();
      for (int i = 1; i <= 2; i++) {
        int count = i;
        harness.await("connecting", () -> accepted.size() >= count);
        lost(harness, i);
        harness.push(Duration.ofSeconds(5));
      }
    }
  }

  @Test
  void aServerWhoseHandshakeDoesNotEndIsTriedAgain() throws Exception {
    String answer = "HTTP/1.1 101 Switching Protocols\r\nX: " + "x".repeat(100_000);
    try (ServerSocket server = listen();
        ReaderHarness harness = new ReaderHarness(uri(server))) {
      List<Socket> accepted = answering(server, answer);
      harness.startWatching();
      harness.await("connecting", () -> accepted.size() >= 1);
      lost(harness, 1);
      assertThat(error(harness, 0)).contains("handshake is too long");
    }
  }

  @Test
  void aServerThatServesARowAndClosesIsVisitedEverMoreRarely() throws Exception {
    try (LoopbackServer server = LoopbackServer.started();
        ReaderHarness harness = new ReaderHarness(server.uri())) {
      server.onSubscribe(
          connection -> {
            connection.send(ReaderHarness.frame("BTC-USDT", OPEN, "0"));
            connection.close();
          });
      harness.startWatching();
      harness.await("first visit", () -> harness.of(ConnectionEvent.class).size() >= 2);
      for (int second = 0; second < 20; second++) {
        harness.push(Duration.ofSeconds(1));
        harness.tick();
      }
      assertThat(server.connections()).hasSizeBetween(3, 7);
    }
  }

  @Test
  void aStormOfClosesAfterClosedRowsStaysWithinTheVenuesPace() throws Exception {
    try (LoopbackServer server = LoopbackServer.started();
        ReaderHarness harness = new ReaderHarness(server.uri())) {
      server.onSubscribe(
          connection -> {
            connection.send(ReaderHarness.frame("BTC-USDT", OPEN - 60_000, "1"));
            connection.close();
          });
      harness.startWatching();
      harness.await("first visit", () -> harness.of(ConnectionEvent.class).size() >= 2);
      int before = server.connections().size();
      harness.push(Duration.ofSeconds(1));
      harness.tick();
      harness.tick();
      assertThat(server.connections().size() - before).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aFloodThatNobodyTakesEndsTheConnectionAndKeepsWhatCameBefore() throws Exception {
    try (LoopbackServer server = LoopbackServer.started();
        ReaderHarness harness = new ReaderHarness(server.uri())) {
      harness.startWatching();
      harness.await("subscribed", () -> server.heard("subscribe") == 1);
      String frame = ReaderHarness.frame("BTC-USDT", OPEN - 60_000, "1");
      try {
        for (int i = 0; i < 10_500; i++) {
          server.connections().get(0).send(frame);
        }
      } catch (WebsocketNotConnectedException e) {
        // it is closed before the last of them is sent
      }
      awaitClosed(server);
      harness.await("overflow", () -> harness.of(ConnectionEvent.class).size() >= 2);

      assertThat(error(harness, 1)).isEqualTo("queue overflow");
      assertThat(harness.of(CompletedInterval.class)).hasSize(10_000);
      harness.push(Duration.ofSeconds(2));
      harness.await("again", () -> server.heard("subscribe") == 2);
    }
  }

  /** Without the reader: its thread is what is stuck. */
  private static void awaitClosed(LoopbackServer server) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ReaderHarness.DEADLINE_S);
    while (server.connections().get(0).isOpen() && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(server.connections().get(0).isOpen()).isFalse();
  }

  @Test
  void aVenueThatAsksToSlowDownIsAskedAgainLater() throws Exception {
    try (LoopbackServer server = LoopbackServer.started();
        ReaderHarness harness = new ReaderHarness(server.uri())) {
      harness.startWatching();
      harness.await("subscribed", () -> server.heard("subscribe") == 1);
      String slowly = "{\"event\":\"error\",\"code\":\"60014\",\"msg\":\"too frequent\"}";
      server.say(0, slowly);
      server.say(0, slowly);
      server.say(0, ReaderHarness.frame("ETH-USDT", OPEN, "0"));
      harness.await("told", () -> harness.of(Reject.class).size() == 2);
      harness.push(Duration.ofSeconds(10));
      harness.tick();
      assertThat(server.heard("subscribe")).isEqualTo(1);
      harness.push(Duration.ofSeconds(21));
      harness.await("asked again", () -> server.heard("subscribe") == 2);
      assertThat(server.connections()).hasSize(1);
    }
  }
}
