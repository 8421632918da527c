package dev.candles.sim.venue;

import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.Trade;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One market of a venue that sends trades, and all who listen to them. Decides when a trade comes
 * late: the first one of a minute then belongs to the minute before, which by then looked closed or
 * silent; only if every listener can hear it. Called by one thread at a time.
 */
public final class SimMarket {
  private static final long MINUTE = 60_000;

  private final String venue;
  private final String symbol;
  private final Series series;
  private final Quotes quotes;
  private final Faults faults;
  private final Set<TradeFeed> listeners = new LinkedHashSet<>();
  private long lookedMs = Long.MIN_VALUE;

  public SimMarket(String venue, String symbol, Series series, Faults faults) {
    this.venue = venue;
    this.symbol = symbol;
    this.series = series;
    quotes = new Quotes(series);
    this.faults = faults;
  }

  /** The canonical symbol. */
  public String symbol() {
    return symbol;
  }

  /** The truth of the market. */
  public Series series() {
    return series;
  }

  /** What the market shows besides its trades. */
  public Quotes quotes() {
    return quotes;
  }

  /** A new listener to each trade alone, from {@code nowMs} (market epoch ms) on. */
  public TradeFeed listen(ClientSink outlet, long nowMs) {
    return join(TradeFeed.ofTrades(this, outlet, nowMs), nowMs);
  }

  /** A new listener to the trades of each order together, from {@code nowMs} on. */
  public TradeFeed listenToOrders(ClientSink outlet, long nowMs) {
    return join(TradeFeed.ofOrders(this, outlet, nowMs), nowMs);
  }

  /** A listener has gone. */
  public void leave(TradeFeed feed) {
    listeners.remove(feed);
  }

  /** Whether a fault hits this market now; it is counted. */
  public boolean strike(FaultKind kind, long key, long nowMs) {
    long own = key * 31 + symbol.hashCode() * 1_000_003L;
    return faults.strike(kind, venue, symbol, own, nowMs).isPresent();
  }

  /** Looks whether one of the trades that happened since the last look came late. */
  public void look(long nowMs) {
    if (nowMs <= lookedMs) {
      return;
    }
    long from = Math.max(lookedMs, nowMs - MINUTE);
    lookedMs = nowMs;
    for (long minute = floor(from); minute <= nowMs; minute += MINUTE) {
      List<Trade> trades = series.tape().minute(minute);
      boolean isNew =
          !trades.isEmpty() && trades.get(0).timeMs() >= from && trades.get(0).timeMs() < nowMs;
      if (isNew && !listeners.isEmpty() && listeners.stream().allMatch(f -> f.canHear(nowMs))) {
        offer(trades.get(0), minute, nowMs);
      }
    }
  }

  private void offer(Trade first, long minute, long nowMs) {
    long lateness = first.timeMs() - minute;
    boolean hit =
        faults
            .peek(
                FaultKind.LATE_CORRECTION,
                venue,
                symbol,
                first.id() * 37 + symbol.hashCode() * 1_000_003L,
                nowMs,
                (Fault fault) -> lateness >= fault.by().toMillis())
            .isPresent();
    if (hit && series.extend(minute - MINUTE)) {
      faults.count(FaultKind.LATE_CORRECTION, venue);
    }
  }

  /** What the new listener is told of before has been told, so none of it comes late any more. */
  private TradeFeed join(TradeFeed feed, long nowMs) {
    lookedMs = Math.max(lookedMs, nowMs);
    listeners.add(feed);
    return feed;
  }

  private static long floor(long timeMs) {
    return Math.floorDiv(timeMs, MINUTE) * MINUTE;
  }
}
