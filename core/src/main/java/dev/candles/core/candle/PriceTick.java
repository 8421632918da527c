package dev.candles.core.candle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;

/**
 * The step in which the prices of some candles are told. Venues print prices in their tick, so it
 * has as many decimals as the finest of those prices; what is computed from prices (a median, say)
 * is told in the same step. Pure.
 *
 * @param decimals digits behind the point, 0 or more
 */
public record PriceTick(int decimals) {
  private static final int MOST_DECIMALS = 12;

  /** Up to here every whole number is a double. */
  private static final double EXACT = 1L << 53;

  /**
   * The tick of candles. It has at most {@value #MOST_DECIMALS} decimals, and fewer where a price
   * would have more digits than a double holds. What is no finite number does not count.
   */
  public static PriceTick of(Collection<Candle> candles) {
    int decimals = 0;
    double largest = 0;
    for (Candle candle : candles) {
      Ohlc prices = candle.prices();
      for (double price :
          new double[] {prices.open(), prices.high(), prices.low(), prices.close()}) {
        if (Double.isFinite(price)) {
          decimals = Math.max(decimals, decimals(price));
          largest = Math.max(largest, Math.abs(price));
        }
      }
    }
    decimals = Math.min(decimals, MOST_DECIMALS);
    while (decimals > 0 && largest * Math.pow(10, decimals) > EXACT) {
      decimals--;
    }
    return new PriceTick(decimals);
  }

  private static int decimals(double price) {
    return price == Math.rint(price) ? 0 : BigDecimal.valueOf(price).stripTrailingZeros().scale();
  }

  /** How many ticks a price has, rounded to the nearest. */
  public long ticks(double price) {
    return Math.round(price * Math.pow(10, decimals));
  }

  /** A price rounded to the tick, with all of its decimals; {@code NaN} and infinities as such. */
  public String text(double price) {
    return Double.isFinite(price)
        ? BigDecimal.valueOf(price).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
        : String.valueOf(price);
  }
}
