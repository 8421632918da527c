package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Market;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.transport.LoopbackServer;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of one reader that may connect take turns, however often one of them is cut. */
class ConnectTurnsTest {
  private static final int INTERVAL_SECONDS = 5;

  private static VenueSettings settings(URI webSocket) {
    VenueProfile okx = ReaderHarness.venue().profile();
    VenueProfile.Limits l = okx.limits();
    return new VenueSettings(
        new VenueProfile(
            okx.name(),
            webSocket,
            okx.rest(),
            okx.waits(),
            okx.finality(),
            okx.proofs(),
            okx.pageRows(),
            okx.budgets(),
            new VenueProfile.Limits(
                l.marketsPerConnection(),
                Duration.ofSeconds(INTERVAL_SECONDS),
                l.messageInterval(),
                l.silence(),
                l.pingAfter(),
                Duration.ofMinutes(5), // on a loaded machine a pong may be late
                l.ping(),
                l.maxFrameBytes())),
        List.of("BTC-USDT", "ETH-USDT"));
  }

  private static ConnectionSplit split(int connection, String symbol) {
    return new ConnectionSplit("okx", connection, List.of(new Market(symbol, symbol, 0)));
  }

  @Test
  void aConnectionThatIsCutWheneverItServesKeepsNoOtherFromConnecting() throws Exception {
    MarketClock clock = new MarketClock(System.currentTimeMillis(), ReaderHarness.START_MS, 1.0);
    try (LoopbackServer server = LoopbackServer.started();
        ReaderHarness harness = new ReaderHarness(settings(server.uri()), clock)) {
      server.onSubscribe(
          connection -> {
            if (last(server).contains("BTC")) {
              connection.send(ReaderHarness.frame("BTC-USDT", ReaderHarness.OPEN_MS - 60_000, "1"));
              connection.close();
            }
          });
      harness.reader.addSplits(List.of(split(0, "BTC-USDT"), split(1, "ETH-USDT")));
      harness.reader.notifyCheckpointComplete(1);
      harness.await("first visit", () -> server.heard("BTC") == 1);
      for (int second = 0; second < 6 * INTERVAL_SECONDS && server.heard("ETH") == 0; second++) {
        harness.push(Duration.ofSeconds(1));
        harness.tick();
      }
      assertThat(server.heard("ETH")).isPositive();
    }
  }

  /** One that serves may serve for a minute more; one that was cut serves nobody. */
  @Test
  void aConnectionThatWasCutConnectsBeforeOneThatWillBeClosed() throws Exception {
    MarketClock clock = new MarketClock(System.currentTimeMillis(), ReaderHarness.START_MS, 1.0);
    try (LoopbackServer server = LoopbackServer.started();
        ReaderHarness harness = new ReaderHarness(settings(server.uri()), clock)) {
      server.onSubscribe(
          connection -> {
            String symbol = last(server).contains("BTC") ? "BTC-USDT" : "ETH-USDT";
            connection.send(ReaderHarness.frame(symbol, ReaderHarness.OPEN_MS, "0"));
          });
      harness.reader.addSplits(List.of(split(0, "BTC-USDT"), split(1, "ETH-USDT")));
      harness.reader.notifyCheckpointComplete(1);
      harness.await("first live", () -> harness.of(ConnectionEvent.class).size() == 1);
      assertThat(server.heard("BTC")).isEqualTo(1);
      harness.push(Duration.ofSeconds(INTERVAL_SECONDS));
      harness.await("both live", () -> harness.of(ConnectionEvent.class).size() == 2);

      server.connections().get(1).close();
      harness.await("cut", () -> harness.of(ConnectionEvent.class).size() == 3);
      harness.push(Duration.ofSeconds(1)); // its back-off is over, the venue's pace still waits
      server.say(0, "{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"soon\"}");
      server.say(0, "{\"event\":\"notice\",\"code\":\"1\",\"msg\":\"read after it\"}");
      harness.await("will be closed", () -> harness.of(Reject.class).size() == 1);
      harness.push(Duration.ofSeconds(INTERVAL_SECONDS));
      harness.await("third visit", () -> subscriptions(server).size() > 2);
      assertThat(subscriptions(server).get(2)).contains("ETH");
    }
  }

  private static List<String> subscriptions(LoopbackServer server) {
    return server.messages().stream()
        .map(LoopbackServer.Said::text)
        .filter(text -> text.contains("\"op\":\"subscribe\""))
        .toList();
  }

  private static String last(LoopbackServer server) {
    return server.messages().get(server.messages().size() - 1).text();
  }
}
