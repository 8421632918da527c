package dev.candles.core.candle;

import org.jspecify.annotations.Nullable;

/**
 * Which trades a candle is made of, as far as the venue says.
 *
 * @param count number of trades, or null where unknown
 * @param firstId the venue's id of the first trade, or null where unknown
 * @param lastId the venue's id of the last trade, or null where unknown
 */
public record TradeRange(@Nullable Long count, @Nullable Long firstId, @Nullable Long lastId) {
  /** The venue says nothing of trades. */
  public static final TradeRange UNKNOWN = new TradeRange(null, null, null);
}
