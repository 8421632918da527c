package dev.candles.core.repair;

import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Pages of one market's trades, put together by their ids: a page goes on where it repeats a trade
 * of those before it, or follows it directly, unless the walk passed a full stamp. At most {@link
 * TradeFetch#MOST_TRADES}. Pure.
 */
public final class TradePages {
  private final TreeMap<Long, Trade> held = new TreeMap<>();

  /**
   * Adds a page.
   *
   * @param page in any order, each trade once or more often
   * @return whether it goes on with those before it and brings something new
   */
  public boolean add(List<Trade> page) {
    return add(page, false);
  }

  /**
   * The same of a page.
   *
   * @param further whether ids may be missing before it that no page shows
   */
  boolean add(List<Trade> page, boolean further) {
    TreeMap<Long, Trade> sorted = new TreeMap<>();
    for (Trade trade : page) {
      Trade twin = sorted.putIfAbsent(trade.id(), trade);
      if (twin != null && !same(twin, trade)) {
        return false;
      }
    }
    if (sorted.isEmpty() || !goesOn(sorted, further)) {
      return false;
    }
    int before = held.size();
    held.putAll(sorted);
    return held.size() > before && !isFull();
  }

  /** Whether there is no room for another page: asking again would end here too. */
  public boolean isFull() {
    return held.size() > TradeFetch.MOST_TRADES;
  }

  /** The trades by id. */
  public NavigableMap<Long, Trade> trades() {
    return Collections.unmodifiableNavigableMap(held);
  }

  private boolean goesOn(NavigableMap<Long, Trade> page, boolean further) {
    if (held.isEmpty()) {
      return true;
    }
    boolean shared = false;
    for (Trade trade : page.values()) {
      Trade known = held.get(trade.id());
      if (known != null && !same(known, trade)) {
        return false;
      }
      shared |= known != null;
    }
    return shared
        || page.firstKey() == held.lastKey() + 1
        || page.lastKey() + 1 == held.firstKey()
        || (further && page.firstKey() > held.lastKey());
  }

  private static boolean same(Trade one, Trade other) {
    return one.id() == other.id()
        && one.timeMs() == other.timeMs()
        && one.price() == other.price()
        && one.size().compareTo(other.size()) == 0
        && (one.taker() == other.taker()
            || one.taker() == TakerSide.UNKNOWN
            || other.taker() == TakerSide.UNKNOWN);
  }
}
