package dev.candles.sim.venue.okx;

import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.tape.TapeCandle;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Closed minutes that the venue will tell differently. One is told, and true, as soon as its time
 * has come and every subscription of that candle can get it; never, if that takes ten minutes.
 * Called by one thread at a time.
 */
final class OkxCorrections {
  private static final long PATIENCE_MS = 600_000;
  private static final int MAX_PENDING = 10_000;

  private final Faults faults;
  private ArrayDeque<Pending> pending = new ArrayDeque<>();

  OkxCorrections(Faults faults) {
    this.faults = faults;
  }

  /** A closing row of a minute was sent. */
  void offer(OkxMarket market, TapeCandle candle, long nowMs) {
    boolean known =
        pending.stream()
            .anyMatch(p -> p.market.equals(market) && p.candle.openTimeMs() == candle.openTimeMs());
    if (known || pending.size() >= MAX_PENDING) {
      return;
    }
    long key = candle.openTimeMs() / 60_000 * 37 + market.instId().hashCode() * 1_000_003L;
    Optional<Fault> fault =
        faults.peek(FaultKind.LATE_CORRECTION, SimOkx.VENUE, market.instId(), key, nowMs);
    fault.ifPresent(f -> pending.add(new Pending(market, candle, nowMs + f.by().toMillis())));
  }

  /** Tells what is due. */
  void tick(long nowMs, Collection<OkxConnection> connections) {
    ArrayDeque<Pending> later = new ArrayDeque<>();
    for (Pending one : pending) {
      boolean waits = nowMs < one.dueMs || !tell(one, nowMs, connections);
      if (waits && nowMs < one.dueMs + PATIENCE_MS && faults.live(SimOkx.VENUE, nowMs)) {
        later.add(one);
      }
    }
    pending = later;
  }

  private boolean tell(Pending one, long nowMs, Collection<OkxConnection> connections) {
    long minute = one.candle.openTimeMs();
    List<OkxCandleFeed> listeners = new ArrayList<>();
    for (OkxConnection connection : connections) {
      connection.candleFeeds(one.market).forEach(listeners::add);
    }
    List<OkxCandleFeed> base =
        listeners.stream().filter(f -> f.timeframe().millis() == 60_000).toList();
    if (!faults.live(SimOkx.VENUE, nowMs) || base.isEmpty() || !allCan(base, minute, nowMs)) {
      return false;
    }
    OkxMarket market = one.market;
    BigDecimal tick = BigDecimal.ONE.movePointLeft(market.series().tape().priceScale());
    TapeCandle corrected =
        one.candle.corrected(tick, one.candle.volume().movePointLeft(2).max(tick(market)));
    if (market.series().correct(corrected, nowMs)) {
      faults.count(FaultKind.LATE_CORRECTION, SimOkx.VENUE);
      for (OkxCandleFeed feed : listeners) {
        long open = feed.timeframe().floor(minute);
        if (feed.canCorrect(open, nowMs)) {
          feed.pushCorrection(open, nowMs);
        }
      }
    }
    return true;
  }

  private static boolean allCan(List<OkxCandleFeed> feeds, long minute, long nowMs) {
    return feeds.stream().allMatch(feed -> feed.canCorrect(minute, nowMs));
  }

  private static BigDecimal tick(OkxMarket market) {
    return BigDecimal.ONE.movePointLeft(market.series().tape().sizeScale());
  }

  private record Pending(OkxMarket market, TapeCandle candle, long dueMs) {}
}
