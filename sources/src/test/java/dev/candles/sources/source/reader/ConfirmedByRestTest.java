package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.transport.LoopbackServer;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where REST makes intervals final, the feed's closing words and ids are signs of life. */
class ConfirmedByRestTest {
  private static VenueSettings settings(URI webSocket) {
    VenueProfile okx = ReaderHarness.venue().profile();
    return new VenueSettings(
        new VenueProfile(
            okx.name(),
            webSocket,
            okx.rest(),
            okx.waits(),
            VenueProfile.Finality.REST_CONFIRMED,
            okx.proofs(),
            okx.pageRows(),
            okx.budgets(),
            okx.limits()),
        List.of("BTC-USDT", "ETH-USDT"));
  }

  @Test
  void aClosedRowFoldsNothingAndItsIntervalIsToldToBeOver() throws Exception {
    MarketClock clock = new MarketClock(System.currentTimeMillis(), ReaderHarness.START_MS, 1.0);
    try (LoopbackServer server = LoopbackServer.started();
        ReaderHarness harness = new ReaderHarness(settings(server.uri()), clock)) {
      harness.startWatching();
      harness.await("subscribed", () -> !server.messages().isEmpty());
      harness.push(Duration.ofSeconds(51));
      server.say(0, ReaderHarness.frame("BTC-USDT", ReaderHarness.OPEN_MS, "1"));
      harness.await("a link with data", () -> !harness.of(ConnectionEvent.class).isEmpty());
      harness.push(Duration.ofSeconds(7));
      harness.await("both are over", () -> harness.of(LiveEvent.Clock.class).size() == 2);

      assertThat(harness.of(CompletedInterval.class)).isEmpty();
      assertThat(harness.of(LiveEvent.Clock.class))
          .extracting(LiveEvent.Clock::endMs)
          .containsOnly(ReaderHarness.OPEN_MS + 60_000);
      assertThat(harness.of(LiveEvent.Announced.class))
          .allMatch(event -> event.lake().live() == Evidence.REST);
    }
  }
}
