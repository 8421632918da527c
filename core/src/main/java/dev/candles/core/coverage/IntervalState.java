package dev.candles.core.coverage;

/** The state in which an interval ends; every interval of every stream ends in exactly one. */
public enum IntervalState {
  /** The lake holds its candle. */
  FINAL,
  /** Proven to hold no trade. */
  VERIFIED_EMPTY,
  /** Not known yet; its repair is scheduled. */
  MISSING,
  /** The venue cannot give it any more. */
  UNRECOVERABLE,
  /** Not a state of an interval: a row that says how far the stream is accounted for. */
  THROUGH
}
