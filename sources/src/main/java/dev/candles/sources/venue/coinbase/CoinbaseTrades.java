package dev.candles.sources.venue.coinbase;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradeWalk;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.RestPage;
import dev.candles.sources.venue.Symbols;
import dev.candles.sources.venue.TradeText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * REST: {@code /products/{id}/trades}, newest first, at most a thousand with ids below {@code
 * after}. Source: https://docs.cdp.coinbase.com/exchange (read 2026-06-28).
 */
final class CoinbaseTrades {
  private static final int PAGE_ROWS = 1_000;

  private CoinbaseTrades() {}

  /** Both bounds of a page are ids; the newest page has none. */
  static Optional<RestQuery> query(Market market, TradeFetch span, TradeWalk walk) {
    if (!Symbols.isSpot(market.venueSymbol())) {
      return Optional.empty();
    }
    long below = walk.below(PAGE_ROWS);
    String path =
        String.format(
            Locale.ROOT,
            "/products/%s/trades?limit=%d%s",
            market.venueSymbol(),
            PAGE_ROWS,
            below == TradeWalk.NEWEST ? "" : "&after=" + below);
    MissingTrades hole = span.hole();
    return Optional.of(
        new RestQuery(path, Coinbase.BUDGET, span.stream(), hole.fromMs(), hole.toMs()));
  }

  /**
   * Objects like the feed's. A row that cannot be read could be any trade: then nothing is known of
   * its neighbours.
   */
  static RestAnswer answer(List<JsonValue> rows, RestPage page, long receivedAtMs) {
    for (JsonValue row : rows) {
      TradeText read = CoinbaseFrames.trade(row, receivedAtMs);
      Trade trade = read.trade();
      if (trade == null) {
        page.unreadable(read.reason(), read.detail());
      } else {
        page.trade(trade);
      }
    }
    return page.answer();
  }
}
