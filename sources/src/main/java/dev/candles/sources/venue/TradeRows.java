package dev.candles.sources.venue;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.Trade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of one REST answer on their way to trades: each id once, in one version. */
public final class TradeRows {
  private final RestPage page;
  private final Map<Long, Trade> byId = new HashMap<>();

  public TradeRows(RestPage page) {
    this.page = page;
  }

  /** A row as it was read; an impossible one is a reject. */
  public void add(TradeText read) {
    Trade trade = read.trade();
    if (trade == null) {
      page.reject(read.reason(), read.detail());
      return;
    }
    Trade other = byId.putIfAbsent(trade.id(), trade);
    if (other != null && !other.equals(trade)) {
      page.reject(RejectReason.MALFORMED, "two versions of trade " + trade.id());
    }
  }

  /** All trades that were read, in no order. */
  public List<Trade> trades() {
    return new ArrayList<>(byId.values());
  }
}
