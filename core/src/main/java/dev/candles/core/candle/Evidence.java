package dev.candles.core.candle;

/**
 * Why a candle or an emptiness may be believed. Between two differing versions of one candle it
 * decides, never their order of arrival: all trades by id before what has none, else {@link #rank}.
 */
public enum Evidence {
  /** All base intervals are final or proven empty; ranks as its parts. */
  ROLLUP(0),
  /** All trades of the interval, ids contiguous. */
  TRADE_CHAIN(1),
  /** The venue's REST candle after its settle time, or its own row that says nobody traded. */
  REST(2),
  /** Rebuilt from REST trades by id. */
  REST_TRADES(3),
  /** The venue marked the candle closed on its feed. */
  VENUE_FLAG(4),
  /**
   * Two equal REST reads of a candle, apart in time: what the venue says now, whatever it said
   * before. Of an emptiness it proves nothing; lakes of before 2026-12 may hold such rows.
   */
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
