package dev.candles.sources.source.reader;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** What the markets of a connection see of their reader, for a venue folded from trades. */
final class TradeReaderContext {
  /** A whole minute. */
  static final long T0 = 1_767_225_600_000L;

  static final long MINUTE = 60_000;

  final List<FeedEvent> events = new ArrayList<>();
  final ReaderContext around;
  final Subscriptions subscriptions;

  /**
   * @param venue its profile's waits and limits hold
   */
  TradeReaderContext(String venue, double speed) {
    this(venue, Venues.byName(venue).orElseThrow().profile(), speed);
  }

  /**
   * @param facts instead of the venue's own
   */
  TradeReaderContext(String venue, VenueProfile facts, double speed) {
    Venue spoken = Venues.byName(venue).orElseThrow();
    MarketClock clock = new MarketClock(0, T0, speed);
    VenueSourceOptions options =
        new VenueSourceOptions(
            spoken,
            new VenueSettings(facts, List.of("BTC-USD", "ETH-USD")),
            List.of(Timeframe.BASE),
            now -> now,
            clock,
            new ReaderHarness.FakeLake(),
            new ReaderHarness.NoWriteAccess(),
            1,
            Retention.COLLECTOR.passedMs());
    around =
        ReaderContext.of(
            options,
            new ReaderTime(clock, () -> 0, () -> 0),
            new ReaderMetrics(new UnregisteredMetricsGroup(), venue),
            Duration.ofSeconds(1),
            () -> {},
            events::add);
    ConnectionSplit split =
        new ConnectionSplit(
            venue,
            0,
            List.of(new Market("BTC-USD", "BTC-USD", 0), new Market("ETH-USD", "ETH-USD", 0)));
    subscriptions = new Subscriptions(split, Map.of("BTC-USD", T0, "ETH-USD", T0), around);
  }

  Subscription btc() {
    Subscription subscription = subscriptions.of("BTC-USD");
    if (subscription == null) {
      throw new IllegalStateException("BTC-USD is one of ours");
    }
    return subscription;
  }

  /** A live trade that is received at its time. */
  void trade(long id, long timeMs) {
    trade(id, timeMs, timeMs, false);
  }

  void trade(long id, long timeMs, long receivedMs, boolean snapshot) {
    List<Trade> one = List.of(new Trade(id, timeMs, 100, BigDecimal.ONE, TakerSide.BUY));
    subscriptions.trades().traded(btc(), new Decoded.Traded("BTC-USD", one, snapshot), receivedMs);
  }

  /** The venue's statement, received at its time. */
  boolean lastTrade(long id, long timeMs) {
    return subscriptions
        .trades()
        .lastTrade(btc(), new Decoded.LastTrade("BTC-USD", timeMs, id), timeMs);
  }

  <T extends FeedEvent> List<T> of(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
