package dev.candles.sim.venue.coinbase;

import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.Tape;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.MarketTime;
import dev.candles.sim.venue.SimMarket;
import dev.candles.sim.venue.TradeFeed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One product of one connection: each match alone, and every second a heartbeat that names the last
 * one, whether anything traded or not (coinbase.md section 3a).
 */
final class CoinbaseProduct {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long BEAT_REAL_MS = 50;
  private static final long BATCH_MS = 5_000;
  private static final int MAX_BEATS_PER_TICK = 120;

  private final SimMarket desk;
  private final ClientSink outlet;
  private final long beatMs;
  private final CoinbaseTicker ticker;
  private final CoinbaseTicker batch;
  private @Nullable TradeFeed matches;
  private boolean heartbeats;
  private long nextBeatMs;

  CoinbaseProduct(SimMarket desk, ClientSink outlet, MarketTime time) {
    this.desk = desk;
    this.outlet = outlet;
    long fastest = time.clock().marketDuration(BEAT_REAL_MS) / SECOND * SECOND;
    beatMs = Math.max(SECOND, fastest);
    ticker = new CoinbaseTicker(desk, outlet, 0);
    batch = new CoinbaseTicker(desk, outlet, BATCH_MS);
  }

  /** Begins a channel, or begins it anew. */
  void start(String channel, long nowMs) {
    switch (channel) {
      case CoinbaseConnection.MATCHES -> startMatches(nowMs);
      case CoinbaseConnection.HEARTBEAT -> startHeartbeat(nowMs);
      case CoinbaseConnection.TICKER -> ticker.start(nowMs);
      default -> batch.start(nowMs);
    }
  }

  /** Ends a channel. */
  void stop(String channel) {
    switch (channel) {
      case CoinbaseConnection.MATCHES -> stopMatches();
      case CoinbaseConnection.HEARTBEAT -> stopHeartbeat();
      case CoinbaseConnection.TICKER -> ticker.stop();
      default -> batch.stop();
    }
  }

  /** With the last match there was. */
  private void startMatches(long nowMs) {
    stopMatches();
    tape()
        .lastBefore(nowMs)
        .ifPresent(
            trade -> outlet.data(SimCoinbaseFrames.match("last_match", desk.symbol(), trade)));
    matches = desk.listen(outlet, nowMs);
  }

  void stopMatches() {
    if (matches != null) {
      matches.leave();
      matches = null;
    }
  }

  private void startHeartbeat(long nowMs) {
    heartbeats = true;
    nextBeatMs = nowMs / beatMs * beatMs + beatMs;
  }

  private void stopHeartbeat() {
    heartbeats = false;
  }

  void tick(long nowMs) {
    if (heartbeats) {
      for (int i = 0; i < MAX_BEATS_PER_TICK && nextBeatMs <= nowMs; i++, nextBeatMs += beatMs) {
        sendMatches(nextBeatMs, nowMs);
        beat(nextBeatMs, nowMs);
      }
    }
    sendMatches(nowMs, nowMs);
    ticker.tick(nowMs);
    batch.tick(nowMs);
  }

  private void sendMatches(long beforeMs, long nowMs) {
    if (matches == null) {
      return;
    }
    for (List<Trade> frame : matches.take(beforeMs, nowMs)) {
      for (Trade trade : frame) {
        outlet.data(SimCoinbaseFrames.match("match", desk.symbol(), trade));
      }
    }
  }

  private void beat(long timeMs, long nowMs) {
    Optional<Trade> last = tape().lastBefore(timeMs);
    if (last.isEmpty() || fallenSilent()) {
      return;
    }
    Trade trade = last.get();
    long since = (timeMs - trade.timeMs()) / SECOND;
    outlet.data(SimCoinbaseFrames.heartbeat(desk.symbol(), trade.id(), since, timeMs));
    if (timeMs % MINUTE < beatMs && outlet.flows(nowMs)) {
      extras(trade, timeMs, nowMs);
    }
  }

  /** Of the products that lose their matches every second one loses its heartbeat too. */
  private boolean fallenSilent() {
    return matches != null && matches.isSilent() && Math.floorMod(desk.symbol().hashCode(), 2) == 0;
  }

  private void extras(Trade last, long timeMs, long nowMs) {
    if (desk.strike(FaultKind.MALFORMED, timeMs / MINUTE, nowMs)) {
      outlet.data(CoinbaseMalformedFrames.frame(desk.symbol(), last, timeMs));
    }
    if (desk.strike(FaultKind.HUGE_FRAME, timeMs / MINUTE, nowMs)) {
      outlet.data(CoinbaseMalformedFrames.huge(desk.symbol()));
    }
  }

  private Tape tape() {
    return desk.series().tape();
  }
}
