package dev.candles.sim.tape;

/**
 * Character of a random market.
 *
 * @param basePrice the price it wanders around
 * @param priceScale decimals of a price
 * @param sizeScale decimals of a size
 * @param typicalSize mean size of a trade, base currency
 * @param tradesPerMinute mean number of trades, at least 2
 * @param silence probability that a minute has no trade, in [0, 1)
 * @param listedMs first instant of the market, epoch ms, UTC
 */
public record RandomMarket(
    double basePrice,
    int priceScale,
    int sizeScale,
    double typicalSize,
    int tradesPerMinute,
    double silence,
    long listedMs) {
  /** Far in the past: 2014-01-01T00:00Z. */
  public static final long LISTED_MS = 1_388_534_400_000L;

  /**
   * @throws IllegalArgumentException if a number is outside its range
   */
  public RandomMarket {
    if (!(silence >= 0 && silence < 1)) {
      throw new IllegalArgumentException("silence must be in [0, 1): silence=" + silence);
    }
    if (tradesPerMinute < 2 || tradesPerMinute > 10_000) {
      throw new IllegalArgumentException(
          "trades per minute must be 2 to 10000: tradesPerMinute=" + tradesPerMinute);
    }
    if (listedMs < 0) {
      throw new IllegalArgumentException("listed before 1970: listedMs=" + listedMs);
    }
  }

  /** The character that goes with a symbol, for example {@code BTC-USDT}. */
  public static RandomMarket of(String symbol) {
    int hyphen = symbol.indexOf('-');
    return switch (hyphen < 0 ? symbol : symbol.substring(0, hyphen)) {
      case "BTC" -> new RandomMarket(60_000, 1, 8, 0.02, 12, 0.02, LISTED_MS);
      case "ETH" -> new RandomMarket(3_000, 2, 6, 0.4, 10, 0.02, LISTED_MS);
      case "SOL" -> new RandomMarket(150, 2, 6, 6, 8, 0.04, LISTED_MS);
      case "XRP" -> new RandomMarket(0.6, 4, 4, 900, 6, 0.05, LISTED_MS);
      case "DOGE" -> new RandomMarket(0.12, 5, 2, 4_000, 4, 0.15, LISTED_MS);
      default -> new RandomMarket(10, 3, 4, 50, 4, 0.05, LISTED_MS);
    };
  }

  /** The same market with another probability of a silent minute. */
  public RandomMarket withSilence(double probability) {
    return new RandomMarket(
        basePrice, priceScale, sizeScale, typicalSize, tradesPerMinute, probability, listedMs);
  }

  /** The same market with another mean number of trades a minute. */
  public RandomMarket withTradesPerMinute(int trades) {
    return new RandomMarket(
        basePrice, priceScale, sizeScale, typicalSize, trades, silence, listedMs);
  }

  /** The same market, listed at another time (epoch ms, UTC). */
  public RandomMarket withListed(long ms) {
    return new RandomMarket(
        basePrice, priceScale, sizeScale, typicalSize, tradesPerMinute, silence, ms);
  }
}
