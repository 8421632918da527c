package dev.candles.core.repair;

import dev.candles.core.candle.Trade;
import java.util.List;

/**
 * A page of a venue's trades as it was read.
 *
 * @param trades all that could be read, ascending by id, each id once
 * @param whole whether every row is believed
 */
public record TradePage(List<Trade> trades, boolean whole) {
  /** What an answer without trades holds. */
  public static final TradePage NONE = new TradePage(List.of(), true);

  /** The id at the page's lower border; not to be asked of a page without trades. */
  public long firstId() {
    return trades.get(0).id();
  }

  /** The id at the page's upper border; not to be asked of a page without trades. */
  public long lastId() {
    return trades.get(trades.size() - 1).id();
  }
}
