package dev.candles.sim.venue.okx;

import dev.candles.sim.tape.TradeCursor;
import dev.candles.sim.venue.ClientSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Channel {@code tickers}: how the market stands at once, then after trades, at most every 100 ms.
 */
final class OkxTickerFeed implements OkxFeed {
  private static final long PUSH_MS = 100;

  private final OkxMarket market;
  private final ClientSink outlet;
  private final String arg;
  private @Nullable TradeCursor cursor;
  private long pushedMs;
  private boolean traded;

  OkxTickerFeed(OkxMarket market, String channel, ClientSink outlet) {
    this.market = market;
    this.outlet = outlet;
    arg = SimOkxFrames.arg(channel, market.instId());
  }

  @Override
  public void start(long nowMs) {
    cursor = new TradeCursor(market.series().tape(), nowMs);
    push(nowMs);
  }

  @Override
  public boolean tick(long nowMs) {
    traded |= cursor != null && !cursor.take(nowMs).isEmpty();
    if (!traded || nowMs - pushedMs < PUSH_MS) {
      return false;
    }
    push(nowMs);
    return true;
  }

  private void push(long nowMs) {
    pushedMs = nowMs;
    traded = false;
    market
        .quotes()
        .at(nowMs)
        .map(quote -> SimOkxFrames.push(arg, List.of(OkxQuotes.ticker(market, quote))))
        .ifPresent(outlet::data);
  }
}
