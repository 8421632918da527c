package dev.candles.sim.venue.okx;

import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.Outlet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Channel {@code trades} (matches of one order at one price in one element) or {@code trades-all}
 * (each match alone). The most recent trade is pushed first, although it is older.
 */
final class OkxTradeFeed implements OkxFeed {
  private static final long MINUTE = 60_000;
  private static final int MAX_MINUTES_PER_TICK = 60;

  private final OkxMarket market;
  private final Outlet outlet;
  private final String arg;
  private final boolean aggregated;
  private long lastId;
  private long minuteMs;

  OkxTradeFeed(OkxMarket market, String channel, Outlet outlet) {
    this.market = market;
    this.outlet = outlet;
    aggregated = channel.equals("trades");
    arg = OkxFrames.arg(channel, market.instId());
  }

  @Override
  public void start(long nowMs) {
    minuteMs = Math.floorDiv(nowMs, MINUTE) * MINUTE;
    market
        .series()
        .tape()
        .lastBefore(nowMs)
        .ifPresent(
            trade -> {
              lastId = trade.id();
              push(List.of(trade));
            });
  }

  @Override
  public boolean tick(long nowMs) {
    boolean pushed = false;
    for (int i = 0; i < MAX_MINUTES_PER_TICK && minuteMs <= nowMs; i++) {
      pushed |= pushMinute(nowMs);
      if (minuteMs + MINUTE > nowMs) {
        break;
      }
      minuteMs += MINUTE;
    }
    return pushed;
  }

  private boolean pushMinute(long nowMs) {
    List<Trade> group = new ArrayList<>();
    boolean pushed = false;
    for (Trade trade : market.series().tape().minute(minuteMs)) {
      if (trade.id() <= lastId || trade.timeMs() >= nowMs) {
        continue;
      }
      if (!group.isEmpty() && !(aggregated && sameOrder(group.get(0), trade))) {
        push(group);
        group = new ArrayList<>();
      }
      group.add(trade);
      pushed = true;
    }
    if (!group.isEmpty()) {
      push(group);
    }
    OptionalLong last = group.stream().mapToLong(Trade::id).max();
    lastId = last.orElse(lastId);
    return pushed;
  }

  private static boolean sameOrder(Trade first, Trade other) {
    return first.timeMs() == other.timeMs()
        && first.buy() == other.buy()
        && first.price().compareTo(other.price()) == 0;
  }

  private void push(List<Trade> group) {
    Trade last = group.get(group.size() - 1);
    BigDecimal size = group.stream().map(Trade::size).reduce(BigDecimal.ZERO, BigDecimal::add);
    String element =
        aggregated
            ? OkxFrames.aggregate(market.instId(), last, size, group.size())
            : OkxFrames.single(market.instId(), last);
    outlet.data(OkxFrames.push(arg, List.of(element)));
  }
}
