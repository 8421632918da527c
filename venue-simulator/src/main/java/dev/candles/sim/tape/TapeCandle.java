package dev.candles.sim.tape;

import java.math.BigDecimal;

/**
 * A candle with exact numbers. One without trades is flat: all prices those of the trade before.
 *
 * @param openTimeMs epoch ms, UTC
 * @param volume base currency
 * @param quoteVolume quote currency
 * @param takerBuyVolume what takers bought, base currency
 * @param tradeCount 0 for a flat candle; then both ids are 0 too
 */
public record TapeCandle(
    long openTimeMs,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    BigDecimal quoteVolume,
    BigDecimal takerBuyVolume,
    long tradeCount,
    long firstTradeId,
    long lastTradeId) {

  /** The candle of an interval in which nobody traded. */
  public static TapeCandle flat(long openTimeMs, BigDecimal price) {
    return new TapeCandle(
        openTimeMs,
        price,
        price,
        price,
        price,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        0,
        0,
        0);
  }

  /** The candle of a single trade. */
  static TapeCandle of(long openTimeMs, Trade trade) {
    BigDecimal price = trade.price();
    BigDecimal quote = price.multiply(trade.size());
    BigDecimal takerBuy = trade.buy() ? trade.size() : BigDecimal.ZERO;
    return new TapeCandle(
        openTimeMs,
        price,
        price,
        price,
        price,
        trade.size(),
        quote,
        takerBuy,
        1,
        trade.id(),
        trade.id());
  }

  /** This candle with all that {@code later} adds to it. */
  public TapeCandle plus(TapeCandle later) {
    return new TapeCandle(
        openTimeMs,
        open,
        high.max(later.high),
        low.min(later.low),
        later.close,
        volume.add(later.volume),
        quoteVolume.add(later.quoteVolume),
        takerBuyVolume.add(later.takerBuyVolume),
        tradeCount + later.tradeCount,
        firstTradeId,
        later.lastTradeId);
  }

  TapeCandle at(long otherOpenTimeMs) {
    return new TapeCandle(
        otherOpenTimeMs,
        open,
        high,
        low,
        close,
        volume,
        quoteVolume,
        takerBuyVolume,
        tradeCount,
        firstTradeId,
        lastTradeId);
  }

  /**
   * The same interval told differently: a higher high and a larger volume, and still a candle. What
   * is above the first and the last trade is one between them. A flat one gets trades without ids.
   */
  public TapeCandle corrected(BigDecimal higher, BigDecimal more) {
    long fewest = higher.signum() > 0 ? 3 : 1;
    return new TapeCandle(
        openTimeMs,
        open,
        high.add(higher),
        low,
        close,
        volume.add(more),
        quoteVolume.add(more.multiply(close)),
        takerBuyVolume,
        Math.max(fewest, tradeCount),
        firstTradeId,
        lastTradeId);
  }
}
