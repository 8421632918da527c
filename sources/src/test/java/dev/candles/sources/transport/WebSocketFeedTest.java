package dev.candles.sources.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
}
