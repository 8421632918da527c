package dev.candles.core.candle;

/**
 * Why a candle or an emptiness may be believed. {@link #rank()} decides between two differing
 * versions of one candle, never their order of arrival.
 */
public enum Evidence {
  /** All base intervals are final or proven empty; ranks as its parts. */
  ROLLUP(0),
  /** All trades of the interval, ids contiguous. */
  TRADE_CHAIN(1),
  /** The venue's REST candle after its settle time, or a hole inside one REST payload. */
  REST(2),
  /** Rebuilt from REST trades by id. */
  REST_TRADES(3),
  /** The venue marked the candle closed on its feed. */
  VENUE_FLAG(4),
  /** Two equal REST reads apart in time: what the venue says now, whatever it said before. */
  REST_TWICE(5);

  private final int rank;

  Evidence(int rank) {
    this.rank = rank;
  }

  /** Higher wins. */
  public int rank() {
    return rank;
  }
}
