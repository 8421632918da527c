package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Market;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.transport.LoopbackServer;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link on which no row need come is live once it has lasted a minute. */
class QuietLinkTest {
  private static final String NONSENSE = "nonsense";

  /** Seconds, too few for a ping to be due. */
  private static final int STEP = 9;

  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.started();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ReaderHarness kraken() {
    VenueProfile kraken = Venues.byName("kraken").orElseThrow().profile();
    return new ReaderHarness(
        new VenueSettings(kraken.at(server.uri(), kraken.rest()), List.of("BTC-USD")),
        new MarketClock(System.currentTimeMillis(), ReaderHarness.START_MS, 1.0));
  }

  private void startKraken(ReaderHarness harness) throws Exception {
    List<Market> markets = List.of(new Market("BTC-USD", "BTC/USD", 0));
    harness.reader.addSplits(List.of(new ConnectionSplit("kraken", 0, markets)));
    harness.reader.notifyCheckpointComplete(1);
    harness.await("subscribed", () -> server.heard("subscribe") == 1);
  }

  /** Lets some time pass in which the venue says something; a reject shows that it was read. */
  private void pass(ReaderHarness harness, int seconds) throws Exception {
    for (int second = 0; second < seconds; second += STEP) {
      int rejects = harness.of(Reject.class).size();
      harness.push(Duration.ofSeconds(STEP));
      server.say(0, NONSENSE);
      harness.await("read", () -> harness.of(Reject.class).size() > rejects);
      harness.tick();
    }
  }

  private static List<ConnectionEvent> told(ReaderHarness harness) {
    return harness.of(ConnectionEvent.class);
  }

  @Test
  void whereAQuietMarketSendsNothingALinkThatLastsAMinuteIsLive() throws Exception {
    try (ReaderHarness harness = kraken()) {
      startKraken(harness);
      server.say(0, "{\"channel\":\"trade\",\"type\":\"snapshot\",\"data\":[]}");
      pass(harness, 27);
      assertThat(told(harness)).isEmpty();
      assertThat(harness.context.gauge(CollectorMetric.CONNECTIONS_ACTIVE)).isZero();
      pass(harness, 90);
      assertThat(told(harness)).singleElement().matches(ConnectionEvent::live);
      assertThat(harness.context.gauge(CollectorMetric.CONNECTIONS_ACTIVE)).isOne();
      server.say(
          0,
          "{\"channel\":\"trade\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"BTC/USD\","
              + "\"side\":\"buy\",\"price\":1.5,\"qty\":2,\"ord_type\":\"limit\",\"trade_id\":7,"
              + "\"timestamp\":\"2026-01-01T00:00:00.000000Z\"}]}");
      pass(harness, STEP);
      assertThat(told(harness)).as("once for each link").hasSize(1);
    }
  }

  @Test
  void aLinkWhoseMarketsAreAllRefusedIsLiveAfterAMinuteToo() throws Exception {
    try (ReaderHarness harness = new ReaderHarness(server.uri())) {
      harness.startWatching();
      harness.await("subscribed", () -> server.heard("subscribe") == 1);
      for (String symbol : List.of("BTC-USDT", "ETH-USDT")) {
        server.say(
            0,
            "{\"event\":\"error\",\"code\":\"60018\",\"msg\":\"Wrong URL or channel:candle1m,instId:"
                + symbol
                + " doesn't exist.\"}");
      }
      harness.await("refused", () -> harness.of(Reject.class).size() == 2);
      pass(harness, 90);
      assertThat(told(harness)).singleElement().matches(ConnectionEvent::live);
    }
  }

  @Test
  void aLinkOnWhichRowsAreExpectedIsNotLiveWithoutOne() throws Exception {
    try (ReaderHarness harness = new ReaderHarness(server.uri())) {
      harness.startWatching();
      harness.await("subscribed", () -> server.heard("subscribe") == 1);
      pass(harness, 90);
      assertThat(told(harness)).isEmpty();
    }
  }

  @Test
  void aQuietLinkOnWhichNoFrameComesAtAllIsNotLive() throws Exception {
    try (ReaderHarness harness = kraken()) {
      startKraken(harness);
      harness.push(Duration.ofSeconds(61));
      harness.await("pinged", () -> server.heard("ping") == 1);
      harness.push(Duration.ofSeconds(61));
      harness.await("lost", () -> !told(harness).isEmpty());
      assertThat(told(harness)).singleElement().matches(event -> event.error().contains("no pong"));
    }
  }
}
