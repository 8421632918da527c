package dev.candles.core.repair;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import java.util.Optional;

/** A venue that has candles as they are wanted, all of which are believed, and no trades. */
interface CandleVenue extends RepairVenue {
  @Override
  default long settledToMs(long saidMs, long newestMs) {
    return Long.MAX_VALUE;
  }

  @Override
  default RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    return new RestQuery("", "rest", stream, page.askFromMs(), page.askToMs());
  }

  @Override
  default Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
    return Optional.empty();
  }
}
