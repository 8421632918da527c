package dev.candles.core.candle;

/** Why something from outside was not believed. */
public enum RejectReason {
  /** Not the format it should be, or cut short. */
  MALFORMED,
  /** Larger than the bound. */
  TOO_LARGE,
  /** A field is absent. */
  MISSING_FIELD,
  /** A field has the wrong type or no number in it. */
  WRONG_TYPE,
  /** A price that is not positive, not a number, or beyond any market's. */
  BAD_PRICE,
  /**
   * A volume or count that is negative, not a number or beyond any market's, or contradicts itself.
   */
  BAD_VOLUME,
  /** High below or low above the open or close, or prices that differ where no trade is counted. */
  BAD_OHLC,
  /** A time that cannot be: far in the past or in the future. */
  ABSURD_TIME,
  /** A time that is not the start of an interval. */
  MISALIGNED_TIME,
  /** A channel nobody asked for. */
  UNKNOWN_CHANNEL,
  /** A symbol nobody asked for, or one outside the checked alphabet. */
  UNKNOWN_SYMBOL,
  /** A closed candle whose interval is not over. */
  NOT_OVER,
  /** The venue refused what was asked. */
  REFUSED,
  /** Something else answered in the venue's place, HTML for JSON say. */
  NOT_THE_VENUE,
  /** An event of a kind that is not known. */
  UNKNOWN_EVENT
}
