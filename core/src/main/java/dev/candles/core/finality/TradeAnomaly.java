package dev.candles.core.finality;

/** What is odd about trades as they arrive; counted, never an error. */
public enum TradeAnomaly {
  /** A trade that is known already, or that lies before the first one. */
  DUPLICATE,
  /** A trade of an interval that has left already. */
  LATE,
  /** Ids that did not come in time: the chain is broken there. */
  HOLE,
  /** Ids went back while time went on: the chain starts anew. */
  EPOCH,
  /** A time that lies too far ahead of ours to be believed. */
  AHEAD
}
