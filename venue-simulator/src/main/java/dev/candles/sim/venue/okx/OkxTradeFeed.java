package dev.candles.sim.venue.okx;

import dev.candles.sim.tape.Trade;
import dev.candles.sim.tape.TradeCursor;
import dev.candles.sim.venue.ClientSink;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Channel {@code trades} (matches of one order at one price in one element) or {@code trades-all}
 * (each match alone). The most recent trade is pushed first, although it is older.
 */
final class OkxTradeFeed implements OkxFeed {
  private final OkxMarket market;
  private final ClientSink outlet;
  private final String arg;
  private final boolean aggregated;
  private @Nullable TradeCursor cursor;

  OkxTradeFeed(OkxMarket market, String channel, ClientSink outlet) {
    this.market = market;
    this.outlet = outlet;
    aggregated = channel.equals("trades");
    arg = SimOkxFrames.arg(channel, market.instId());
  }

  @Override
  public void start(long nowMs) {
    cursor = new TradeCursor(market.series().tape(), nowMs);
    market.series().tape().lastBefore(nowMs).ifPresent(trade -> push(List.of(trade)));
  }

  @Override
  public boolean tick(long nowMs) {
    if (cursor == null) {
      return false;
    }
    List<Trade> fresh = cursor.take(nowMs);
    List<Trade> group = new ArrayList<>();
    for (Trade trade : fresh) {
      if (!group.isEmpty() && !(aggregated && sameElement(group.get(0), trade))) {
        push(group);
        group = new ArrayList<>();
      }
      group.add(trade);
    }
    if (!group.isEmpty()) {
      push(group);
    }
    return !fresh.isEmpty();
  }

  private static boolean sameElement(Trade first, Trade other) {
    return first.sameOrder(other) && first.price().compareTo(other.price()) == 0;
  }

  private void push(List<Trade> group) {
    Trade last = group.get(group.size() - 1);
    BigDecimal size = group.stream().map(Trade::size).reduce(BigDecimal.ZERO, BigDecimal::add);
    String element =
        aggregated
            ? SimOkxFrames.aggregate(market.instId(), last, size, group.size())
            : SimOkxFrames.single(market.instId(), last);
    outlet.data(SimOkxFrames.push(arg, List.of(element)));
  }
}
