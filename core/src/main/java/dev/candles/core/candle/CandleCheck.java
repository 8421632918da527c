package dev.candles.core.candle;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether values can be a candle at all. Pure; what fails is rejected, never repaired.
 *
 * <p>Numbers are bounded far above any market's, so that what is summed of them is a number too.
 * The bounds of volumes and counts are those of a minute: a larger interval has so many times that,
 * so that what is folded of good minutes is good.
 */
public final class CandleCheck {
  /** A candle is revised for some hours at most. */
  public static final int MOST_REVISION = 1_000_000;

  /** Of a price, and of a minute's volume: far above what trades that are believed can give. */
  private static final double MOST = 1e100;

  /** Trades of a minute. */
  private static final long MOST_TRADES = 1_000_000_000_000L;

  /** Ids of trades are read from at most 18 digits. */
  private static final long MOST_ID = 999_999_999_999_999_999L;

  private CandleCheck() {}

  /**
   * What is wrong.
   *
   * @param detail the value, and what was expected
   */
  public record Problem(RejectReason reason, String detail) {
    static Problem of(RejectReason reason, String name, Object value, String expected) {
      return new Problem(reason, name + "=" + value + " expected=" + expected);
    }
  }

  /** What is impossible about a venue's row, or empty if nothing is. */
  public static Optional<Problem> problem(Candle candle) {
    if (!candle.stream().timeframe().aligned(candle.openTimeMs())) {
      return Optional.of(
          Problem.of(RejectReason.MISALIGNED_TIME, "open_time_ms", candle.openTimeMs(), "a start"));
    }
    return unsound(candle).or(() -> Optional.ofNullable(contradiction(candle)));
  }

  /**
   * Why nobody can reckon with a candle, wherever it is from: a number out of its bounds, or a high
   * or low that is none. Empty if it is sound.
   */
  public static Optional<Problem> unsound(Candle candle) {
    return outOfBounds(candle).or(() -> Optional.ofNullable(order(candle.prices())));
  }

  /** A number of a candle that is out of its bounds, or empty if none is. */
  public static Optional<Problem> outOfBounds(Candle candle) {
    int minutes = candle.stream().timeframe().baseIntervals();
    Problem problem = prices(candle.prices());
    problem = problem != null ? problem : volumes(candle.volumes(), minutes);
    problem = problem != null ? problem : trades(candle.trades(), minutes);
    if (problem == null) {
      problem = whole(RejectReason.MALFORMED, "revision", (long) candle.revision(), MOST_REVISION);
    }
    return Optional.ofNullable(problem);
  }

  private static @Nullable Problem prices(Ohlc prices) {
    Problem problem = price("open", prices.open());
    problem = problem != null ? problem : price("high", prices.high());
    problem = problem != null ? problem : price("low", prices.low());
    return problem != null ? problem : price("close", prices.close());
  }

  private static @Nullable Problem price(String name, double value) {
    return value > 0 && value <= MOST
        ? null
        : Problem.of(RejectReason.BAD_PRICE, name, value, "above 0, at most " + MOST);
  }

  private static @Nullable Problem volumes(Volumes volumes, int minutes) {
    Problem problem = volume("volume", volumes.base(), minutes);
    problem = problem != null ? problem : volume("quote_volume", volumes.quote(), minutes);
    return problem != null ? problem : volume("taker_buy_volume", volumes.takerBuy(), minutes);
  }

  private static @Nullable Problem volume(String name, @Nullable Double value, int minutes) {
    return value == null || (value >= 0 && value / minutes <= MOST)
        ? null
        : Problem.of(RejectReason.BAD_VOLUME, name, value, "0 to " + minutes * MOST);
  }

  private static @Nullable Problem trades(TradeRange trades, int minutes) {
    RejectReason malformed = RejectReason.MALFORMED;
    Problem problem =
        whole(RejectReason.BAD_VOLUME, "trade_count", trades.count(), minutes * MOST_TRADES);
    problem =
        problem != null ? problem : whole(malformed, "first_trade_id", trades.firstId(), MOST_ID);
    return problem != null ? problem : whole(malformed, "last_trade_id", trades.lastId(), MOST_ID);
  }

  private static @Nullable Problem whole(
      RejectReason reason, String name, @Nullable Long value, long most) {
    return value == null || (value >= 0 && value <= most)
        ? null
        : Problem.of(reason, name, value, "0 to " + most);
  }

  private static @Nullable Problem order(Ohlc prices) {
    double highest = Math.max(prices.open(), prices.close());
    if (prices.high() < highest) {
      return Problem.of(RejectReason.BAD_OHLC, "high", prices.high(), "at least " + highest);
    }
    double lowest = Math.min(prices.open(), prices.close());
    return prices.low() <= lowest
        ? null
        : Problem.of(RejectReason.BAD_OHLC, "low", prices.low(), "at most " + lowest);
  }

  /** Nearest doubles keep their order: what takers bought is never above the whole. */
  private static @Nullable Problem contradiction(Candle candle) {
    Double takerBuy = candle.takerBuyVolume();
    if (takerBuy != null && takerBuy > candle.volume()) {
      return Problem.of(
          RejectReason.BAD_VOLUME, "taker_buy_volume", takerBuy, "at most " + candle.volume());
    }
    Long count = candle.tradeCount();
    if (count == null || count != 0 || FlatRow.matches(candle)) {
      return null;
    }
    Double quote = candle.quoteVolume();
    boolean paid = candle.volume() > 0 || (quote != null && quote > 0);
    RejectReason reason = paid ? RejectReason.BAD_VOLUME : RejectReason.BAD_OHLC;
    return Problem.of(reason, "trade_count", count, "some, as the row shows a trade");
  }
}
