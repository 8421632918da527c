package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.transport.LoopbackServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader waits for until its links are made, and what it says of them meanwhile. */
class ReaderStartTest {
  private static final String BTC = "BTC-USDT";
  private static final long OPEN = ReaderHarness.OPEN_MS;

  private LoopbackServer server;
  private ReaderHarness harness;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.started();
    harness = new ReaderHarness(server.uri(), Timeframe.M5);
  }

  @AfterEach
  void stop() {
    harness.close();
    server.close();
  }

  private void connected(int count) throws Exception {
    harness.await(
        "subscribed " + count,
        () -> server.messages().stream().anyMatch(said -> said.connection() == count - 1));
  }

  private static ConnectionSplit second() {
    return new ConnectionSplit("okx", 1, List.of(new Market("SOL-USDT", "SOL-USDT", 0)));
  }

  private static ConnectionSplit third() {
    return new ConnectionSplit("okx", 2, List.of(new Market("XRP-USDT", "XRP-USDT", 0)));
  }

  private long gauge(CollectorMetric metric) {
    return harness.context.gauge(metric);
  }

  @Test
  void aConnectionIsWantedAsSoonAsItIsAssigned() throws Exception {
    harness.lake.scannable = new CountDownLatch(1);
    harness.reader.addSplits(List.of(ReaderHarness.split()));
    harness.await("wanted", () -> gauge(CollectorMetric.CONNECTIONS) == 1);
    harness.reader.notifyCheckpointComplete(7);
    harness.tick();
    assertThat(gauge(CollectorMetric.CONNECTIONS)).isEqualTo(1);
    assertThat(gauge(CollectorMetric.CONNECTIONS_ACTIVE)).isZero();
    assertThat(gauge(CollectorMetric.NEXT_CONNECT_MS))
        .as("it is being made")
        .isBetween(ReaderHarness.START_MS, harness.nowMs());

    harness.lake.scannable.countDown();
    connected(1);
    harness.lake.scannable = new CountDownLatch(1);
    harness.reader.addSplits(List.of(second()));
    server.say(0, ReaderHarness.frame(BTC, OPEN, "0"));
    harness.await("has data", () -> gauge(CollectorMetric.CONNECTIONS_ACTIVE) == 1);
    assertThat(gauge(CollectorMetric.CONNECTIONS)).isEqualTo(2);
    assertThat(gauge(CollectorMetric.NEXT_CONNECT_MS)).isLessThanOrEqualTo(harness.nowMs());

    harness.lake.scannable.countDown();
    harness.push(Duration.ofSeconds(1));
    connected(2);
    server.say(1, ReaderHarness.frame("SOL-USDT", OPEN, "0"));
    harness.await("all have", () -> gauge(CollectorMetric.CONNECTIONS_ACTIVE) == 2);
    assertThat(gauge(CollectorMetric.CONNECTIONS)).isEqualTo(2);
    assertThat(gauge(CollectorMetric.NEXT_CONNECT_MS)).isEqualTo(CollectorMetric.NEVER_MS);
  }

  /** The log of coverage is of all streams: whoever asks for one of them reads it whole. */
  @Test
  void theLakeIsScannedOnceForAllConnectionsThatWait() throws Exception {
    harness.reader.addSplits(List.of(ReaderHarness.split(), second()));
    harness.reader.addSplits(List.of(third()));
    harness.reader.notifyCheckpointComplete(1);
    harness.await("announced", () -> harness.of(LiveEvent.Announced.class).size() == 4);
    for (int link = 1; link <= 3; link++) {
      connected(link);
      harness.push(Duration.ofSeconds(1));
    }
    assertThat(harness.lake.scans).isEqualTo(1);
    harness.reader.notifyCheckpointComplete(2);
    harness.tick();
    assertThat(harness.lake.scans).as("nothing waits any more").isEqualTo(1);
  }

  @Test
  void aLinkIsMadeWhenItsOwnStreamsAreAnnouncedAndNotBefore() throws Exception {
    harness.lake.slow = "SOL-USDT";
    harness.reader.addSplits(List.of(ReaderHarness.split(), second(), third()));
    harness.reader.notifyCheckpointComplete(1);
    connected(1);
    harness.push(Duration.ofSeconds(5));
    harness.tick();
    assertThat(server.connections()).as("those behind it are still read").hasSize(1);
    assertThat(harness.of(LiveEvent.Announced.class))
        .extracting(told -> told.stream().symbol())
        .containsExactly(BTC, "ETH-USDT");

    harness.lake.slowRead.countDown();
    connected(2);
    harness.push(Duration.ofSeconds(1));
    connected(3);
    assertThat(harness.of(LiveEvent.Announced.class))
        .extracting(told -> told.stream().symbol())
        .containsExactly(BTC, "ETH-USDT", "SOL-USDT", "XRP-USDT");
  }

  /** Replays may wait for many checkpoints, and on a full disk none completes. */
  @Test
  void noLinkWaitsForWhatLargerStreamsAreFedWithAgain() throws Exception {
    harness.lake.readable = new CountDownLatch(1);
    for (long minutes : new long[] {10, 600}) {
      harness.lake.hold(ReaderHarness.stream(BTC), OPEN - minutes * 60_000);
    }
    harness.reader.addSplits(List.of(ReaderHarness.split(), second()));
    harness.reader.notifyCheckpointComplete(1);
    harness.await("announced", () -> harness.of(LiveEvent.Announced.class).size() == 3);
    connected(1);
    harness.push(Duration.ofSeconds(1));
    connected(2);
    assertThat(harness.of(ReplayedParts.class)).isEmpty();

    harness.lake.readable.countDown();
    harness.await("replayed", () -> harness.of(ReplayedParts.class).size() == 2);
  }
}
