package dev.candles.sim.truth;

import dev.candles.sim.tape.TapeCandle;
import org.jspecify.annotations.Nullable;

/**
 * A candle as it truly is: made of trades.
 *
 * @param openTimeMs epoch ms, UTC
 * @param volume base currency
 * @param quoteVolume quote currency
 * @param takerBuyVolume what takers bought, base currency, also where the venue does not say it
 * @param original what the venue said first, if it was corrected since
 */
public record TrueCandle(
    long openTimeMs,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double quoteVolume,
    double takerBuyVolume,
    long tradeCount,
    long firstTradeId,
    long lastTradeId,
    @Nullable TrueCandle original) {

  static TrueCandle of(TapeCandle candle, @Nullable TrueCandle original) {
    return new TrueCandle(
        candle.openTimeMs(),
        candle.open().doubleValue(),
        candle.high().doubleValue(),
        candle.low().doubleValue(),
        candle.close().doubleValue(),
        candle.volume().doubleValue(),
        candle.quoteVolume().doubleValue(),
        candle.takerBuyVolume().doubleValue(),
        candle.tradeCount(),
        candle.firstTradeId(),
        candle.lastTradeId(),
        original);
  }
}
