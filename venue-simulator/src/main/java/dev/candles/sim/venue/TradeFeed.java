package dev.candles.sim.venue;

import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.tape.TradeCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * The trades of one subscription, frame by frame in the order in which they leave, with the faults
 * that hit trades. One that came late is never hit: its listener must be able to know.
 */
public final class TradeFeed {
  private final SimMarket desk;
  private final ClientSink outlet;
  private final TradeCursor cursor;
  private final boolean byOrder;
  private List<Trade> afterNext = List.of();
  private List<Trade> withNext = List.of();
  private boolean silent;

  private TradeFeed(SimMarket desk, ClientSink outlet, long nowMs, boolean byOrder) {
    this.desk = desk;
    this.outlet = outlet;
    this.byOrder = byOrder;
    cursor = new TradeCursor(desk.series().tape(), nowMs);
  }

  static TradeFeed ofTrades(SimMarket desk, ClientSink outlet, long nowMs) {
    return new TradeFeed(desk, outlet, nowMs, false);
  }

  static TradeFeed ofOrders(SimMarket desk, ClientSink outlet, long nowMs) {
    return new TradeFeed(desk, outlet, nowMs, true);
  }

  /** Whether the subscription has stopped for good. */
  public boolean isSilent() {
    return silent;
  }

  /** The subscription is over. */
  public void leave() {
    desk.leave(this);
  }

  /**
   * What is to be sent now.
   *
   * @param beforeMs trades before it (market epoch ms)
   * @return frames, each of one or more trades
   */
  public List<List<Trade>> take(long beforeMs, long nowMs) {
    desk.look(nowMs);
    List<List<Trade>> frames = new ArrayList<>();
    for (List<Trade> group : groups(cursor.take(beforeMs))) {
      if (!silent) {
        send(group, nowMs, frames);
      }
    }
    return frames;
  }

  boolean canHear(long nowMs) {
    return !silent && outlet.flows(nowMs);
  }

  private void send(List<Trade> group, long nowMs, List<List<Trade>> frames) {
    Trade last = group.get(group.size() - 1);
    boolean exposed = outlet.flows(nowMs) && !desk.series().isLate(last);
    if (exposed && hit(FaultKind.SILENT_SYMBOL, last, nowMs)) {
      silent = true;
    } else if (exposed && hit(FaultKind.DROP, last, nowMs)) {
      return;
    } else if (exposed && afterNext.isEmpty() && hit(FaultKind.REORDER, last, nowMs)) {
      afterNext = group;
    } else if (exposed && byOrder && withNext.isEmpty() && hit(FaultKind.MERGE, last, nowMs)) {
      withNext = group;
    } else {
      List<Trade> frame = new ArrayList<>(withNext);
      frame.addAll(group);
      withNext = List.of();
      frames.add(frame);
      if (!afterNext.isEmpty()) {
        frames.add(afterNext);
        afterNext = List.of();
      }
      if (exposed && hit(FaultKind.REPEAT, last, nowMs)) {
        frames.add(frame);
      }
    }
  }

  private boolean hit(FaultKind kind, Trade trade, long nowMs) {
    return desk.strike(kind, trade.id(), nowMs);
  }

  private List<List<Trade>> groups(List<Trade> trades) {
    List<List<Trade>> groups = new ArrayList<>();
    for (Trade trade : trades) {
      List<Trade> open = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
      if (byOrder && !open.isEmpty() && open.get(0).sameOrder(trade)) {
        open.add(trade);
      } else {
        groups.add(new ArrayList<>(List.of(trade)));
      }
    }
    return groups;
  }
}
