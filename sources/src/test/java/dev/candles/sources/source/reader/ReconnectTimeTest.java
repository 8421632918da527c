package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Market;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.source.split.ConnectionSplit;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

/** When a connection is tried next is what people are told while a feed is away. */
class ReconnectTimeTest {
  private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(4);

  private final List<FeedEvent> events = new ArrayList<>();

  @Test
  void aConnectionThatIsRefusedSaysWhenItIsTriedAgain() throws Exception {
    try (Socket nobody = new Socket()) { // bound, so that nobody can listen there meanwhile
      nobody.bind(new InetSocketAddress("127.0.0.1", 0));
      ReaderContext around = around(URI.create("ws://127.0.0.1:" + nobody.getLocalPort()));
      Market market = new Market("BTC-USDT", "BTC-USDT", 0);
      Map<String, Long> announced = Map.of("BTC-USDT", around.time().nowMs());
      Connection connection =
          new Connection(new ConnectionSplit("okx", 0, List.of(market)), announced, around);
      long steadyMs = around.time().steadyMs();
      assertThat(connection.connectsInMs(steadyMs)).as("at once").isZero();
      connection.tick();
      assertThat(connection.connectsInMs(steadyMs)).as("it is being made").isZero();
      long deadline = System.nanoTime() + DEADLINE_NANOS;
      while (events.stream().noneMatch(ConnectionEvent.class::isInstance)) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
        LockSupport.parkNanos(1_000_000);
        connection.advance(1);
      }
      assertThat(connection.connectsInMs(steadyMs)).isPositive();
      long laterMs = around.time().steadyMs() + 1_000;
      assertThat(connection.connectsInMs(laterMs)).as("the first wait is over").isZero();
      connection.close();
    }
  }

  /** The venue's pace, or another connection of the reader that was tried just now. */
  @Test
  void aConnectionThatMayNotBeMadeYetSaysWhen() {
    ReaderContext around = around(URI.create("ws://127.0.0.1:1"));
    Market market = new Market("BTC-USDT", "BTC-USDT", 0);
    Map<String, Long> announced = Map.of("BTC-USDT", around.time().nowMs());
    Connection connection =
        new Connection(new ConnectionSplit("okx", 0, List.of(market)), announced, around);
    long steadyMs = around.time().steadyMs();
    assertThat(around.gate().tryPass(steadyMs, around.time().nowMs())).isTrue();
    long opensMs = around.gate().opensMs();
    assertThat(opensMs).isGreaterThan(steadyMs);
    assertThat(connection.connectsInMs(steadyMs)).isEqualTo(opensMs - steadyMs);
    assertThat(connection.connectsInMs(opensMs)).isZero();
    connection.close();
  }

  private ReaderContext around(URI webSocket) {
    MarketClock clock = MarketClock.real();
    return ReaderContext.of(
        ReaderHarness.options(webSocket, clock),
        ReaderTime.ofSystem(clock),
        new ReaderMetrics(new UnregisteredMetricsGroup(), "okx"),
        Duration.ofSeconds(10),
        () -> {},
        events::add);
  }
}
