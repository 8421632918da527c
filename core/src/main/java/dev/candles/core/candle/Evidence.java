package dev.candles.core.candle;

/**
 * Why a candle or an emptiness may be believed. Between two differing versions of one candle it
 * decides, never their order of arrival: all trades by id before what has none, else {@link #rank}.
 */
public enum Evidence {
  /** All base intervals are final or proven empty; ranks as its parts. */
  ROLLUP(0, "made of its minutes, each final or proven empty"),
  /** All trades of the interval, ids contiguous. */
  TRADE_CHAIN(1, "all trades of the feed, their ids without a hole"),
  /** The venue's REST candle after its settle time, or its own row that says nobody traded. */
  REST(2, "the venue's settled REST rows"),
  /** Rebuilt from REST trades by id. */
  REST_TRADES(3, "rebuilt from REST trades, by their ids"),
  /** The venue marked the candle closed on its feed. */
  VENUE_FLAG(4, "the venue closed it on its feed"),
  /**
   * Two equal REST reads of a candle, apart in time: what the venue says now, whatever it said
   * before. Of an emptiness it proves nothing; lakes of before 2026-12 may hold such rows.
   */
  REST_TWICE(5, "two REST reads apart in time agree");

  private final int rank;
  private final String words;

  Evidence(int rank, String words) {
    this.rank = rank;
    this.words = words;
  }

  /** What it rests on, for people: the same words wherever it is told. */
  public String words() {
    return words;
  }

  /** Higher wins. */
  public int rank() {
    return rank;
  }
}
