package dev.candles.sources.source.enumerator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.net.URI;
import java.util.List;

/** Of a venue that answers on this machine, with a connection for each market. */
final class OkxOptions {
  private OkxOptions() {}

  /**
   * @param startedMs of its clock, which is 60 times as fast
   */
  static VenueSourceOptions of(
      int port, long startedMs, LakeWriteAccess access, int venueIndex, String... symbols) {
    Venue venue = Venues.byName("okx").orElseThrow();
    VenueProfile p = venue.profile();
    VenueProfile.Limits l = p.limits();
    VenueProfile profile =
        new VenueProfile(
            p.name(),
            p.webSocket(),
            URI.create("http://127.0.0.1:" + port),
            p.waits(),
            p.finality(),
            p.proofs(),
            p.pageRows(),
            p.budgets(),
            new VenueProfile.Limits(
                1,
                l.connectInterval(),
                l.messageInterval(),
                l.silence(),
                l.pingAfter(),
                l.pongWithin(),
                l.ping(),
                l.maxFrameBytes()));
    return new VenueSourceOptions(
        venue,
        new VenueSettings(profile, List.of(symbols)),
        List.of(Timeframe.M1),
        now -> now,
        new MarketClock(startedMs, startedMs, 60.0),
        new NoLake(),
        access,
        venueIndex,
        Retention.COLLECTOR.passedMs());
  }

  /** Not asked here. */
  private static final class NoLake implements LakeView {
    @Override
    public Scan open(List<StreamKey> s, long from, long recent, long now) {
      throw new IllegalStateException("the enumerator reads no lake");
    }

    @Override
    public List<Candle> candles(StreamKey stream, long fromMs, long toMs) {
      throw new IllegalStateException("the enumerator reads no lake");
    }
  }
}
