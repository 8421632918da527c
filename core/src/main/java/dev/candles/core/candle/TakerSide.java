package dev.candles.core.candle;

/** What the taker of a trade did, whose order was filled at once. */
public enum TakerSide {
  BUY,
  SELL,
  /** The venue does not say. */
  UNKNOWN
}
