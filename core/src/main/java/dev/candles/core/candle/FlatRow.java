package dev.candles.core.candle;

/**
 * The one rule for silence, on every venue: which row says that nobody traded. Such a row is the
 * evidence of an empty interval and never a candle. Pure.
 *
 * <p>It repeats one price and has no volume, and nothing else in it tells of a trade. A row without
 * volume whose prices differ is a candle. How strong its word is follows from where it came from,
 * as for any row: it has to be closed, or settled, exactly as a candle would.
 */
public final class FlatRow {
  private FlatRow() {}

  /** Whether {@code row} says that nobody traded in its interval. */
  public static boolean matches(Candle row) {
    return matches(row.prices(), row.volumes(), row.trades());
  }

  /** The same of its parts. */
  public static boolean matches(Ohlc prices, Volumes volumes, TradeRange trades) {
    return volumes.base() == 0
        && (volumes.quote() == null || volumes.quote() == 0)
        && prices.open() == prices.high()
        && prices.open() == prices.low()
        && prices.open() == prices.close()
        && (trades.count() == null || trades.count() == 0);
  }

  /**
   * Why the emptiness may be believed that {@code row} tells of. Two reads of a row that agree are
   * no stronger proof of it than one: the row is.
   */
  public static Evidence evidence(Candle row) {
    return row.evidence() == Evidence.REST_TWICE ? Evidence.REST : row.evidence();
  }
}
