package dev.candles.sim.venue.coinbase;

import dev.candles.sim.tape.TradeCursor;
import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.SimMarket;
import org.jspecify.annotations.Nullable;

/**
 * Channel {@code ticker} of one product, or {@code ticker_batch}: how it stands at once, then after
 * matches.
 */
final class CoinbaseTicker {
  private final SimMarket desk;
  private final ClientSink outlet;
  private final long gapMs;
  private @Nullable TradeCursor cursor;
  private long pushedMs;
  private boolean traded;

  /**
   * @param gapMs least market time between two frames
   */
  CoinbaseTicker(SimMarket desk, ClientSink outlet, long gapMs) {
    this.desk = desk;
    this.outlet = outlet;
    this.gapMs = gapMs;
  }

  void start(long nowMs) {
    cursor = new TradeCursor(desk.series().tape(), nowMs);
    push(nowMs);
  }

  void stop() {
    cursor = null;
  }

  void tick(long nowMs) {
    if (cursor == null) {
      return;
    }
    traded |= !cursor.take(nowMs).isEmpty();
    if (traded && nowMs - pushedMs >= gapMs) {
      push(nowMs);
    }
  }

  private void push(long nowMs) {
    pushedMs = nowMs;
    traded = false;
    desk.quotes()
        .at(nowMs)
        .map(quote -> CoinbaseQuotes.frame(desk.symbol(), quote))
        .ifPresent(outlet::data);
  }
}
