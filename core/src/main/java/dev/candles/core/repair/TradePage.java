package dev.candles.core.repair;

import dev.candles.core.candle.Trade;
import java.util.List;

/**
 * A page of a venue's trades as it was read.
 *
 * @param trades all that could be read, ascending by id, each id once
 * @param whole whether every row is believed
 * @param latestNs the venue's own stamp of the latest trade, epoch ns, UTC, as fine as it says it;
 *     {@link #UNSAID} where the venue does not page by time
 */
public record TradePage(List<Trade> trades, boolean whole, long latestNs) {
  /** No stamp finer than those of the trades. */
  public static final long UNSAID = Long.MIN_VALUE;

  /** What an answer without trades holds. */
  public static final TradePage NONE = new TradePage(List.of(), true);

  /** A page of a venue that pages by id. */
  public TradePage(List<Trade> trades, boolean whole) {
    this(trades, whole, UNSAID);
  }

  /** The id at the page's lower border; not to be asked of a page without trades. */
  public long firstId() {
    return trades.get(0).id();
  }

  /** The id at the page's upper border; not to be asked of a page without trades. */
  public long lastId() {
    return trades.get(trades.size() - 1).id();
  }
}
