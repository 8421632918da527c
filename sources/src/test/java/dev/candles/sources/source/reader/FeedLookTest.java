package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Market;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(600)
class FeedLookTest {
  private static final Duration PATIENCE = Duration.ofSeconds(ReaderHarness.DEADLINE_S);

  private static Optional<String> fault(
      String name, URI feed, Optional<Market> market, Duration patience) throws Exception {
    Venue venue = Venues.byName(name).orElseThrow();
    VenueProfile profile = venue.profile().at(feed, URI.create("http://127.0.0.1:9"));
    VenueSettings settings = new VenueSettings(profile, List.of());
    return new FeedLook(venue, settings, market, MarketClock.real()).fault(patience);
  }

  private static Optional<Market> market(String symbol, String venueSymbol) {
    return Optional.of(new Market(symbol, venueSymbol, 0));
  }

  @ParameterizedTest
  @CsvSource({"coinbase, BTC-USD, BTC-USD", "kraken, BTC-USD, BTC/USD", "okx, BTC-USDT, BTC-USDT"})
  void aFeedThatTakesTheSubscriptionIsGood(String name, String symbol, String there)
      throws Exception {
    SimulatorConfig config = SimulatorConfig.defaults().withVenues(List.of(name));
    try (Simulator simulator = Simulator.start(config)) {
      URI feed = simulator.ws(name);
      assertThat(fault(name, feed, market(symbol, there), PATIENCE)).isEmpty();
      assertThat(fault(name, feed, Optional.empty(), PATIENCE)).as("connected").isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"coinbase, NO-USD, NO-USD", "kraken, NO-USD, NO/USD", "okx, NO-USDT, NO-USDT"})
  void aRefusalOfTheVenueIsNamed(String name, String symbol, String there) throws Exception {
    SimulatorConfig config = SimulatorConfig.defaults().withVenues(List.of(name));
    try (Simulator simulator = Simulator.start(config)) {
      assertThat(fault(name, simulator.ws(name), market(symbol, there), PATIENCE))
          .hasValueSatisfying(why -> assertThat(why).contains("was refused: "));
    }
  }

  @Test
  void whoeverListensAndSaysNothingIsNotWaitedForLonger() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI feed = URI.create("ws://127.0.0.1:" + mute.getLocalPort());
      assertThat(fault("okx", feed, market("BTC-USDT", "BTC-USDT"), Duration.ofSeconds(1)))
          .contains("no connection within 1 s");
    }
  }

  @Test
  void nobodyAtThePortAndNoSuchHostAreTold() throws Exception {
    try (Socket silent = new Socket()) { // bound, so that nobody can listen there meanwhile
      silent.bind(new InetSocketAddress("127.0.0.1", 0));
      URI nobody = URI.create("ws://127.0.0.1:" + silent.getLocalPort());
      assertThat(fault("okx", nobody, Optional.empty(), PATIENCE))
          .contains("cannot connect: Connection refused");
    }
    assertThat(fault("okx", URI.create("ws://nowhere.invalid"), Optional.empty(), PATIENCE))
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("host name nowhere.invalid").endsWith("resolved"));
  }
}
