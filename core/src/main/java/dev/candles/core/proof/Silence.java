package dev.candles.core.proof;

import dev.candles.core.candle.FlatRow;

/**
 * What a venue's answers prove an interval silent by. A {@link FlatRow} is a proof everywhere; two
 * equal answers are none anywhere.
 */
public enum Silence {
  /** Only by neighbouring trade ids, see {@link TradeEvidence}. */
  TRADE_IDS,
  /** Only by such rows: an interval without a row is not silent but left out. */
  ZERO_ROWS,
  /** By a hole between two settled rows of one answer: the venue has neither ids nor such rows. */
  ABSENT_ROWS
}
