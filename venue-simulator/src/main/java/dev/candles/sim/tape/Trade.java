package dev.candles.sim.tape;

import java.math.BigDecimal;

/**
 * One execution.
 *
 * @param id counts up by one per trade of the market, without holes
 * @param timeMs epoch ms, UTC
 * @param price in quote currency, above zero
 * @param size in base currency, above zero
 * @param buy whether the taker bought
 */
public record Trade(long id, long timeMs, BigDecimal price, BigDecimal size, boolean buy) {

  /** Whether both filled one taker order: same time, same side. */
  public boolean sameOrder(Trade other) {
    return timeMs == other.timeMs && buy == other.buy;
  }
}
