package dev.candles.sim.venue.kraken;

import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.TradeFeed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Channel {@code trade}: the trades of one order in one frame, ids ascending. */
final class KrakenTradeFeed implements KrakenFeed {
  private static final int SNAPSHOT = 50;
  private static final long MINUTE = 60_000;

  private final KrakenPair pair;
  private final ClientSink outlet;
  private final KrakenWords words;
  private final boolean snapshot;
  private @Nullable TradeFeed feed;
  private long minuteMs;

  KrakenTradeFeed(KrakenPair pair, ClientSink outlet, KrakenWords words, boolean snapshot) {
    this.pair = pair;
    this.outlet = outlet;
    this.words = words;
    this.snapshot = snapshot;
  }

  @Override
  public void start(long nowMs) {
    minuteMs = nowMs / MINUTE * MINUTE;
    feed = pair.desk().listenToOrders(outlet, nowMs);
    if (snapshot) {
      List<Trade> trades = new SimKrakenTrades(pair.tape(), nowMs, SNAPSHOT).latest();
      if (!trades.isEmpty()) {
        outlet.data(words.trades("snapshot", pair, trades));
      }
    }
  }

  @Override
  public void tick(long nowMs) {
    if (feed == null) {
      return;
    }
    for (List<Trade> frame : feed.take(nowMs, nowMs)) {
      outlet.data(words.trades("update", pair, frame));
    }
    if (nowMs >= minuteMs + MINUTE) {
      minuteMs = nowMs / MINUTE * MINUTE;
      if (outlet.flows(nowMs)) {
        extras(nowMs);
      }
    }
  }

  @Override
  public void leave() {
    if (feed != null) {
      feed.leave();
    }
  }

  private void extras(long nowMs) {
    if (pair.desk().strike(FaultKind.MALFORMED, minuteMs / MINUTE, nowMs)) {
      pair.tape()
          .lastBefore(nowMs)
          .map(last -> KrakenMalformedFrames.frame(pair.symbol(), last, minuteMs))
          .ifPresent(outlet::data);
    }
    if (pair.desk().strike(FaultKind.HUGE_FRAME, minuteMs / MINUTE, nowMs)) {
      outlet.data(KrakenMalformedFrames.huge(pair.symbol()));
    }
  }
}
