package dev.candles.core.proof;

/**
 * What a venue's answers prove an interval silent by. A row by which the venue itself says that
 * nobody traded is a proof everywhere; two equal answers are none anywhere.
 */
public enum Silence {
  /** Only by neighbouring trade ids, see {@link TradeEvidence}. */
  TRADE_IDS,
  /** Only by such rows: an interval without a row is not silent but left out. */
  ZERO_ROWS,
  /** By a hole between two settled rows of one answer: the venue has neither ids nor such rows. */
  ABSENT_ROWS
}
