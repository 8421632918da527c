package dev.candles.sources.source.reader;

import dev.candles.core.candle.Market;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.transport.ConnectionQueue;
import dev.candles.sources.transport.FeedSignal;
import dev.candles.sources.transport.WebSocketFeed;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Whether a venue's feed can be used from here: connects, subscribes to one market, waits for the
 * first word of the venue on that subscription, closes. Blocks its caller, for {@code patience} at
 * most; keeps nothing of what comes.
 */
public final class FeedLook {
  private static final long STEP_MS = 50;

  private final Venue venue;
  private final VenueSettings settings;
  private final Optional<Market> market;
  private final MarketClock clock;
  private final Semaphore signals = new Semaphore(0);
  private final ConnectionQueue queue;
  private final SubscriptionWord word;
  private boolean open;

  /**
   * @param market what is subscribed to; with none the connection alone is tried
   */
  public FeedLook(Venue venue, VenueSettings settings, Optional<Market> market, MarketClock clock) {
    this.venue = venue;
    this.settings = settings;
    this.market = market;
    this.clock = clock;
    this.queue = WebSocketSession.queue(settings.profile().limits(), signals::release);
    this.word = new SubscriptionWord(market.map(Market::symbol).orElse(""));
  }

  /**
   * Tries once.
   *
   * @param patience real time for all of it
   * @return why the feed cannot be used; empty if it can
   */
  public Optional<String> fault(Duration patience) throws InterruptedException {
    VenueProfile.Limits limits = settings.profile().limits();
    long pauseMs = clock.realDuration(limits.messageInterval().toMillis());
    long endNanos = System.nanoTime() + patience.toNanos();
    try (WebSocketFeed feed =
        WebSocketFeed.open(
            settings.webSocket(),
            limits.maxFrameBytes(),
            patience,
            Duration.ofMillis(pauseMs),
            queue,
            System::currentTimeMillis)) {
      market.ifPresent(one -> feed.send(venue.subscribe(List.of(one))));
      while (System.nanoTime() < endNanos) {
        Optional<FeedSignal> signal = queue.poll();
        if (signal.isPresent()) {
          take(signal.get());
        } else {
          feed.flush(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
          var unused = signals.tryAcquire(STEP_MS, TimeUnit.MILLISECONDS);
        }
        if (word.fault().isPresent() || word.isAccepted() || (open && market.isEmpty())) {
          return word.fault();
        }
      }
    }
    return Optional.of((open ? word.silence() : "no connection") + " within " + text(patience));
  }

  private static String text(Duration patience) {
    return patience.toSeconds() + " s";
  }

  private void take(FeedSignal signal) {
    if (signal instanceof FeedSignal.Opened) {
      open = true;
    } else if (signal instanceof FeedSignal.Lost lost) {
      word.lost(lost.error());
    } else if (signal instanceof FeedSignal.Frame frame) {
      venue.decode(
          frame.text(), clock.marketAt(frame.receivedRealMs()), said -> said.dispatch(word));
    }
  }
}
