package dev.candles.sources.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.sources.source.enumerator.EnumeratorState;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VenueSourceTest {
  private static final Venue OKX = Venues.byName("okx").orElseThrow();

  private static VenueSourceOptions options(String feed, List<Timeframe> timeframes) {
    VenueProfile p = OKX.profile();
    VenueProfile profile = p.at(URI.create(feed), p.rest());
    return new VenueSourceOptions(
        OKX,
        new VenueSettings(profile, List.of("BTC-USDT")),
        timeframes,
        now -> now,
        MarketClock.real(),
        new NoLake(),
        new NoLake(),
        1,
        Retention.COLLECTOR.passedMs());
  }

  @Test
  void aSourceTravelsToTheCluster() throws IOException {
    VenueSource source = new VenueSource(options("wss://x.test/a", List.of(Timeframe.M1)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(source);
    }
    assertThat(bytes.size()).isPositive();
  }

  @Test
  void theEnumeratorsStateIsNothing() throws IOException {
    VenueSource source = new VenueSource(options("wss://x.test/a", List.of(Timeframe.M1)));
    var serializer = source.getEnumeratorCheckpointSerializer();
    assertThat(serializer.serialize(new EnumeratorState())).isEmpty();
    assertThat(serializer.deserialize(99, new byte[] {1})).isEqualTo(new EnumeratorState());
  }

  @ParameterizedTest
  @CsvSource({
    "ws://127.0.0.1:7000, ws://127.0.0.1:7000/ws/v5/business",
    "ws://127.0.0.1:7000/, ws://127.0.0.1:7000/ws/v5/business",
    "wss://eea.test:8443/other, wss://eea.test:8443/other",
    "wss://gateway.test?key=1, wss://gateway.test?key=1",
    "wss://gateway.test/?key=1, wss://gateway.test/?key=1"
  })
  void aBareAddressGetsTheVenuesOwnPath(String configured, String used) {
    assertThat(options(configured, List.of(Timeframe.M1)).feedAddress())
        .isEqualTo(URI.create(used));
  }

  @Test
  void theBaseTimeframeComesFirst() {
    assertThatThrownBy(() -> options("wss://x.test", List.of(Timeframe.H1, Timeframe.M1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the base timeframe must come first");
  }

  @Test
  void venuesAreFoundByTheirName() {
    assertThat(Venues.names()).contains("okx");
    assertThat(Venues.byName("nowhere")).isEmpty();
  }

  /** Nothing held, nothing locked. */
  private static final class NoLake implements LakeView, LakeWriteAccess {
    @Override
    public Scan open(List<StreamKey> s, long from, long recent, long now) {
      throw new IllegalStateException("nothing is scanned here");
    }

    @Override
    public List<Candle> candles(StreamKey stream, long fromMs, long toMs) {
      return List.of();
    }

    @Override
    public Hold acquire(String writer, Consumer<RuntimeException> lost) {
      return () -> {};
    }

    @Override
    public void prove(String writer) {}

    @Override
    public Attempt startAttempt() {
      return () -> () -> 0;
    }

    @Override
    public int begin(List<StreamKey> streams, long fromMs, long nowMs) {
      return 0;
    }

    @Override
    public void unlisted(String venue, SortedMap<String, List<String>> nearest, long nowMs) {
      throw new IllegalStateException("nothing is planned here");
    }
  }
}
