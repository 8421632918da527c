package dev.candles.core.coverage;

/** Why intervals are missing or given up. */
public enum Reason {
  /** Before the first live interval of this run: history, or the time the collector was away. */
  HISTORY,
  /** Its end and grace passed without the venue's closing word. */
  NOT_CLOSED,
  /** The feed went on with a later interval. */
  SKIPPED,
  /** The venue says that the market was not listed yet. */
  BEFORE_LISTING,
  /** Complete answers over a day prove neither a candle nor silence. */
  NO_PROOF,
  /** A part of a larger interval has this state. */
  BASE,
  /** None needed. */
  NONE,
  /**
   * Told of gaps and never written: {@link #HISTORY} noted after a stream's first, and after what
   * was known by then, so the collector was away.
   */
  AWAY,
  /** REST was to confirm it and did not within half an hour after it could have. */
  NOT_CONFIRMED
}
