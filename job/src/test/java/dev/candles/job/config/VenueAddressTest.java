package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a venue is connected to is where the configuration says. */
class VenueAddressTest {
  private static VenueSettings okx(String key, String address) throws ConfigException {
    String text = "venues: [{name: okx, symbols: [BTC-USDT], " + key + ": '" + address + "'}]\n";
    return new ConfigParser(Venues.profiles(), () -> 0)
        .parse("test", text, Path.of("/"))
        .markets()
        .venues()
        .get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://127.0.0.1:7000, ws://127.0.0.1:7000/ws/v5/business",
    "ws://127.0.0.1:7000/, ws://127.0.0.1:7000/ws/v5/business",
    "wss://gateway.test?key=1, wss://gateway.test?key=1",
    "wss://gateway.test/?key=1, wss://gateway.test/?key=1",
    "wss://gateway.test/other?key=1, wss://gateway.test/other?key=1"
  })
  void aFeedsAddressIsKeptAndAPathIsAddedOnlyToABareOne(String configured, String used)
      throws ConfigException {
    assertThat(okx("ws_url", configured).webSocket()).isEqualTo(URI.create(used));
  }

  @ParameterizedTest
  @CsvSource({"http://127.0.0.1:7000", "https://gateway.test/okx"})
  void theAddressOfRestIsKept(String configured) throws ConfigException {
    assertThat(okx("rest_url", configured).rest()).isEqualTo(URI.create(configured));
  }
}
