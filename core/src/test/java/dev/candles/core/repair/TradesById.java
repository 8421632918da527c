package dev.candles.core.repair;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.proof.Silence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Only trades by their ids prove a silence; candles have no row for it. */
final class TradesById implements RepairVenue {
  @Override
  public RepairProfile profile() {
    return new RepairProfile(
        "coinbase",
        Silence.TRADE_IDS,
        1,
        2_000,
        false,
        false,
        100,
        0,
        0,
        List.of(),
        Map.of("rest", new RepairProfile.Budget(100, 1_000)));
  }

  @Override
  public long settledToMs(long saidMs, long newestMs) {
    return Long.MAX_VALUE;
  }

  @Override
  public RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    return new RestQuery("", "rest", stream, page.askFromMs(), page.askToMs());
  }

  @Override
  public Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
    long fromMs = span.hole().fromMs();
    return Optional.of(new RestQuery("", "rest", span.stream(), fromMs, span.hole().toMs()));
  }
}
