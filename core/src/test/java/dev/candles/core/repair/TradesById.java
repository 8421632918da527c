package dev.candles.core.repair;

import dev.candles.core.Candles;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.proof.Silence;
import dev.candles.core.time.VenueClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Only trades by their ids prove a silence; candles have no row for it. */
class TradesById implements CandleVenue {
  private final long graceMs;

  /**
   * @param graceMs a later id may lie so much before an earlier one
   */
  TradesById(long graceMs) {
    this.graceMs = graceMs;
  }

  /** A planner that begins a minute before {@code nowMs}, with a stream of {@code fromMs} on. */
  static RepairPlanner planner(TradesById venue, long nowMs, long fromMs) {
    RepairPlanner planner =
        new RepairPlanner(
            venue,
            new MemoryStore(),
            (level, pattern, values) -> {},
            new VenueClock(),
            nowMs - Candles.MINUTE);
    planner.take(
        RepairEvent.announced(
            Candles.STREAM, StreamBootstrap.ofNothing(fromMs, "BTC-USD", Evidence.TRADE_CHAIN)));
    return planner;
  }

  @Override
  public RepairProfile profile() {
    return new RepairProfile(
        "coinbase",
        Silence.TRADE_IDS,
        1,
        graceMs,
        false,
        false,
        100,
        0,
        0,
        0,
        List.of(),
        Map.of("rest", new RepairProfile.Budget(100, 1_000)));
  }

  @Override
  public Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
    long fromMs = span.hole().fromMs();
    return Optional.of(new RestQuery("", "rest", span.stream(), fromMs, span.hole().toMs()));
  }
}
