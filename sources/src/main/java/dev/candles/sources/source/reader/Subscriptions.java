package dev.candles.sources.source.reader;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.LiveEvent;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueProfile.Finality;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The markets of one connection: which of them are silent, which intervals are over, and the trades
 * that are folded into them. Mailbox thread only.
 */
final class Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
  private static final int CLOCK_MARKS_PER_TICK = 60;

  /** Where silence is no error a market is still asked for again now and then. */
  private static final Duration QUIET_PROBE = Duration.ofMinutes(10);

  private final Map<String, Subscription> all = new LinkedHashMap<>();
  private final ReaderContext around;
  private final ResubscribeBudget budget = new ResubscribeBudget();
  private final TradeAggregators trades;
  private final Finality finality;
  private final boolean chatty;
  private final long silenceMs;
  private final long graceMs;

  /**
   * @param announcedToMs per symbol, end of what the lake was asked for, epoch ms
   */
  Subscriptions(ConnectionSplit split, Map<String, Long> announcedToMs, ReaderContext around) {
    VenueProfile profile = around.options().settings().profile();
    this.around = around;
    this.finality = profile.finality();
    this.chatty = around.options().venue().profile().limits().sendsQuietRows();
    Duration silence = around.limits().silence();
    this.silenceMs = around.deadlineMs(silence.isZero() ? QUIET_PROBE : silence);
    this.graceMs = around.deadlineMs(profile.waits().close());
    this.trades = new TradeAggregators(around);
    for (Market market : split.markets()) {
      StreamKey stream = new StreamKey(split.venue(), market.symbol(), Timeframe.BASE);
      Long toMs = announcedToMs.get(market.symbol());
      if (toMs == null) {
        throw new IllegalStateException("market was not announced: stream=" + stream);
      }
      Subscription subscription = new Subscription(market, stream, toMs);
      all.put(market.symbol(), subscription);
      if (finality == Finality.TRADE_CHAIN) {
        trades.watch(subscription, toMs);
      }
    }
  }

  /** The subscription of a symbol, or null if it is none of ours. */
  @Nullable Subscription of(String symbol) {
    return all.get(symbol);
  }

  /** Whether only REST makes intervals final: what the feed says of them is a sign of life. */
  boolean confirmedByRest() {
    return finality == Finality.REST_CONFIRMED;
  }

  /** Their trades, where intervals end by trade ids. */
  TradeAggregators trades() {
    return trades;
  }

  /** How long a market may be silent (market milliseconds). */
  long silenceMs() {
    return silenceMs;
  }

  /** Whether a link on which no row comes is dead: the venue promises that, no setting does. */
  boolean expectRows() {
    return chatty && all.values().stream().anyMatch(subscription -> !subscription.refused());
  }

  /** All were asked for on a new link. */
  void asked(long nowMs) {
    all.values().forEach(subscription -> subscription.asked(nowMs));
  }

  /** The link was lost. */
  void interrupt() {
    all.values().forEach(Subscription::interrupt);
  }

  /** A live row came. Corrections can only be missed where the venue closes its own candles. */
  void row(Subscription subscription, ReaderTime.Receipt at) {
    var since = subscription.row(at.steadyMs(), around.venueClock().at(at.ourMs()));
    if (finality == Finality.VENUE_FLAG && since.isPresent()) {
      around.out().accept(new LiveEvent.Interrupted(subscription.stream(), since.getAsLong()));
    }
  }

  /** Those of which no row came on a link since they were asked for last. */
  List<Subscription> unservedBy(WebSocketSession link) {
    return all.values().stream().filter(subscription -> !link.saw(subscription)).toList();
  }

  /** Those that are to be asked for again now. */
  List<Subscription> askAgain(long nowMs) {
    List<Subscription> silent =
        all.values().stream().filter(s -> s.silent(nowMs, silenceMs)).toList();
    if (silent.isEmpty() || !budget.tryPass(nowMs)) {
      return List.of();
    }
    for (Subscription subscription : silent) {
      LOG.warn(
          "event=resubscribe venue={} symbol={} silent_ms={}",
          around.venue(),
          subscription.market().symbol(),
          subscription.silentMs(nowMs));
      subscription.askedAgain(nowMs);
    }
    return silent;
  }

  /**
   * Lets go of what is proven, then tells which intervals are over without it.
   *
   * @param venueMs the venue's time, epoch ms, UTC
   */
  void tick(long venueMs) {
    trades.tick(venueMs);
    for (Subscription subscription : all.values()) {
      for (int i = 0; i < CLOCK_MARKS_PER_TICK && subscription.clockDue(venueMs, graceMs); i++) {
        around.out().accept(new LiveEvent.Clock(subscription.stream(), subscription.clock()));
      }
    }
  }
}
