package dev.candles.sources.venue.coinbase;

import dev.candles.core.candle.Trade;
import dev.candles.core.feed.TradeHole;
import dev.candles.core.repair.TradeSpan;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.Market;
import dev.candles.sources.venue.RestAnswer;
import dev.candles.sources.venue.RestPage;
import dev.candles.sources.venue.RestQuery;
import dev.candles.sources.venue.Symbols;
import dev.candles.sources.venue.TradeText;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * REST: {@code /products/{id}/trades}, newest first, at most a thousand with ids below {@code
 * after}. Source: https://docs.cdp.coinbase.com/exchange (read 2026-06-28).
 */
final class CoinbaseTrades {
  /** Asked for beyond the last id of interest: trades may be a little out of order. */
  private static final long MARGIN = 10;

  private CoinbaseTrades() {}

  /** Pages go down from an id; where none is known there is no way to find the trades. */
  static Optional<RestQuery> query(Market market, TradeSpan span, NavigableMap<Long, Trade> held) {
    TradeHole hole = span.hole();
    if (hole.beforeId() == TradeHole.UNKNOWN || !Symbols.isSpot(market.venueSymbol())) {
      return Optional.empty();
    }
    // the lowest trade held is repeated, so that the pages are seen to go on
    long after = held.isEmpty() ? hole.beforeId() + MARGIN : held.firstKey() + 1;
    String path = "/products/" + market.venueSymbol() + "/trades?limit=1000&after=" + after;
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
