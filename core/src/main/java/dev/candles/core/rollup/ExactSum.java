package dev.candles.core.rollup;

import java.math.BigDecimal;

/**
 * Sums decimals that are given as doubles, each as the shortest decimal that names it, and rounds
 * once, at the end. Numbers of at most eight places and fifteen digits, which are nearly all, are
 * added as integers: no other decimal of so few digits has the same double.
 */
final class ExactSum {
  private static final double UNIT = 1e8;
  private static final int PLACES = 8;

  /** Below this a number of units has at most fifteen digits; thousands of them fit a long. */
  private static final double MOST_UNITS = 1e15;

  /** Up to this every long is a double, so that their quotient is rounded once. */
  private static final long EXACT = 1L << 53;

  private static final long FULL = Long.MAX_VALUE / 2;

  private long units;
  private BigDecimal others = BigDecimal.ZERO;

  /**
   * Adds a number.
   *
   * @throws NumberFormatException if it is not finite
   */
  void add(double number) {
    double scaled = Math.rint(number * UNIT);
    if (Math.abs(scaled) < MOST_UNITS && scaled / UNIT == number && Math.abs(units) < FULL) {
      units += (long) scaled;
    } else {
      others = others.add(BigDecimal.valueOf(number));
    }
  }

  /** The double that is nearest to the sum. */
  double nearest() {
    if (others.signum() == 0 && Math.abs(units) <= EXACT) {
      return units / UNIT;
    }
    return others.add(BigDecimal.valueOf(units, PLACES)).doubleValue();
  }
}
