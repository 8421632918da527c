package dev.candles.core.candle;

import org.jspecify.annotations.Nullable;

/**
 * What was traded in a candle, each summed exactly and then the nearest double.
 *
 * @param base in base currency
 * @param quote in quote currency, or null where the venue does not say
 * @param takerBuy what of {@code base} takers bought, or null where the venue does not say
 */
public record Volumes(double base, @Nullable Double quote, @Nullable Double takerBuy) {

  /** Where nothing but the amount in base currency is known. */
  public static Volumes ofBase(double base) {
    return new Volumes(base, null, null);
  }
}
