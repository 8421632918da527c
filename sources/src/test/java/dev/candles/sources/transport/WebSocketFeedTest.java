package dev.candles.sources.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.enums.Opcode;
import org.junit.jupiter.api.Test;

class WebSocketFeedTest {
  /** Whatever fills it came from outside: it may cost this link, and nothing else. */
  @Test
  void tooManyMessagesThatWaitEndTheConnectionAndNothingElse() throws Exception {
    Semaphore news = new Semaphore(0);
    ConnectionQueue queue = new ConnectionQueue(10, 1_000, news::release);
    try (LoopbackServer server = LoopbackServer.started();
        WebSocketFeed feed =
            WebSocketFeed.open(
                server.uri(), 1_000, Duration.ofSeconds(10), Duration.ofHours(1), queue, () -> 0)) {
      assertThat(news.tryAcquire(2, TimeUnit.MINUTES)).isTrue();
      assertThat(queue.poll()).containsInstanceOf(FeedSignal.Opened.class);
      for (int i = 0; i < 100; i++) {
        feed.send(Collections.nCopies(10, "again"));
        feed.flush(0);
      }
      assertThat(queue.isEmpty()).isTrue();
      feed.send(List.of("one", "too many"));
      assertThat(queue.poll())
          .hasValueSatisfying(
              signal ->
                  assertThat(signal).isEqualTo(new FeedSignal.Lost("too many messages wait: 999")));
    }
  }

  @Test
  void aSteadyClockMayShowLessThanZero() throws Exception {
    Semaphore news = new Semaphore(0);
    ConnectionQueue queue = new ConnectionQueue(10, 1_000, news::release);
    try (LoopbackServer server = LoopbackServer.started();
        WebSocketFeed feed =
            WebSocketFeed.open(
                server.uri(), 1_000, Duration.ofSeconds(10), Duration.ZERO, queue, () -> 0)) {
      assertThat(next(news, queue)).isInstanceOf(FeedSignal.Opened.class);
      feed.send(List.of("now"));
      feed.flush(-5_000);
      feed.send(List.of("ping")); // is answered after what was sent before
      feed.flush(-5_000);
      assertThat(next(news, queue)).isInstanceOf(FeedSignal.Frame.class);
      assertThat(server.heard("now")).isEqualTo(1);
    }
  }

  private interface Talk {
    void with(WebSocket connection, Semaphore news, ConnectionQueue queue) throws Exception;
  }

  /** With a connection that takes a thousand bytes at once. */
  private static void connected(Talk talk) throws Exception {
    Semaphore news = new Semaphore(0);
    ConnectionQueue queue = new ConnectionQueue(10, 10_000, news::release);
    try (LoopbackServer server = LoopbackServer.started();
        WebSocketFeed unused =
            WebSocketFeed.open(
                server.uri(), 1_000, Duration.ofSeconds(10), Duration.ZERO, queue, () -> 0)) {
      assertThat(next(news, queue)).isInstanceOf(FeedSignal.Opened.class);
      talk.with(server.connection(0), news, queue);
    }
  }

  private static FeedSignal next(Semaphore news, ConnectionQueue queue) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < end) {
      Optional<FeedSignal> signal = queue.poll();
      if (signal.isPresent()) {
        return signal.get();
      }
      boolean unused = news.tryAcquire(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("no signal came");
  }

  private static void say(WebSocket connection, int bytes, boolean last) {
    connection.sendFragmentedFrame(
        Opcode.TEXT, ByteBuffer.wrap("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII)), last);
  }

  @Test
  void aMessageInFragmentsIsTakenWhole() throws Exception {
    connected(
        (connection, news, queue) -> {
          for (int message = 0; message < 3; message++) {
            for (int i = 1; i <= 10; i++) {
              say(connection, 100, i == 10);
            }
            assertThat(next(news, queue)).isEqualTo(new FeedSignal.Frame("x".repeat(1_000), 0));
          }
        });
  }

  @Test
  void aMessageInFragmentsThatIsTooLargeEndsTheConnectionBeforeItsEnd() throws Exception {
    connected(
        (connection, news, queue) -> {
          for (int i = 1; i <= 11; i++) {
            say(connection, 100, false);
          }
          assertThat(next(news, queue))
              .isEqualTo(
                  new FeedSignal.Lost(
                      "closed: code=1009 reason=message in fragments is too large"));
        });
  }

  @Test
  void aMessageOfTooManyFragmentsEndsTheConnectionBeforeItsEnd() throws Exception {
    connected(
        (connection, news, queue) -> {
          for (int i = 0; i <= BoundedDraft.MAX_FRAGMENTS; i++) {
            say(connection, 0, false);
          }
          assertThat(next(news, queue))
              .isEqualTo(
                  new FeedSignal.Lost("closed: code=1009 reason=message has too many fragments"));
        });
  }
}
