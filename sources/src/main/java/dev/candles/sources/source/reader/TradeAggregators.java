package dev.candles.sources.source.reader;

import dev.candles.core.candle.Trade;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.finality.TradeAggregator;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.VenueProfile;
import java.util.HashMap;
import java.util.Map;

/**
 * One {@link TradeAggregator} per market of a connection; they outlive its links. Mailbox thread
 * only.
 */
final class TradeAggregators {
  private final ReaderContext around;
  private final TradeAggregator.Waits waits;
  private final Map<Subscription, TradeAggregator> folders = new HashMap<>();

  TradeAggregators(ReaderContext around) {
    this.around = around;
    VenueProfile.TradeWaits settings = around.options().settings().profile().waits().trades();
    this.waits =
        new TradeAggregator.Waits(
            settings.grace().toMillis(),
            around.deadlineMs(settings.patience()),
            around.deadlineMs(settings.hole()));
  }

  /**
   * Folds the trades of a market from now on.
   *
   * @param fromMs open time of the first interval of interest, epoch ms
   */
  void watch(Subscription subscription, long fromMs) {
    folders.put(
        subscription,
        new TradeAggregator(
            subscription.stream(),
            fromMs,
            waits,
            event -> emit(subscription, event),
            around.metrics()::odd));
  }

  private void emit(Subscription subscription, LiveEvent event) {
    subscription.over(event.overMs());
    around.out().accept(event);
  }

  /**
   * Takes trades that can be true.
   *
   * @param venueMs the venue's time as far as known; that of a trade shows that it is no earlier
   */
  void traded(Subscription subscription, Decoded.Traded traded, long venueMs) {
    TradeAggregator folder = folder(subscription);
    for (Trade trade : traded.trades()) {
      folder.trade(trade, traded.snapshot(), Math.max(venueMs, trade.timeMs()));
    }
  }

  /** Whether the trades that the venue speaks of have reached us. */
  boolean lastTrade(Subscription subscription, Decoded.LastTrade last, long venueMs) {
    long nowMs = Math.max(venueMs, last.timeMs());
    return folder(subscription).lastTrade(last.timeMs(), last.lastTradeId(), nowMs);
  }

  void tick(long venueMs) {
    folders.values().forEach(folder -> folder.tick(venueMs));
  }

  private TradeAggregator folder(Subscription subscription) {
    TradeAggregator folder = folders.get(subscription);
    if (folder == null) {
      throw new IllegalStateException(
          "trades of a venue that closes its own candles: stream=" + subscription.stream());
    }
    return folder;
  }
}
