package dev.candles.sim.venue;

import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a market shows at one moment besides its trades. Last price, highs, lows, volumes and counts
 * are those of the tape. A tape knows no orders: the book is invented around the last trade, the
 * same one after the same trade.
 *
 * @param nowMs the moment, market epoch ms, UTC
 * @param last the newest trade
 * @param day the current minute and the 1,440 before it
 * @param today since midnight, UTC
 * @param priceScale decimals of a price
 * @param sizeScale decimals of a size
 */
public record Quote(
    long nowMs, Trade last, TapeCandle day, TapeCandle today, int priceScale, int sizeScale) {
  private static final long TICKS_PER_SPREAD = 20_000;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int MOST_ORDERS = 8;
  private static final int MOST_SIZE = 4;

  /**
   * Orders at one price.
   *
   * @param size in base currency
   * @param orders how many
   */
  public record Level(BigDecimal price, BigDecimal size, int orders) {}

  /** The best price to sell at. */
  public Level bid() {
    return bids(1).get(0);
  }

  /** The best price to buy at. */
  public Level ask() {
    return asks(1).get(0);
  }

  /** The best {@code most} prices to sell at, descending; fewer where prices would end. */
  public List<Level> bids(int most) {
    List<Level> levels = new ArrayList<>();
    long best = bestBid();
    for (long i = 0; i < most && best - i * spread() >= 1; i++) {
      levels.add(level(best - i * spread(), -1 - i));
    }
    return levels;
  }

  /** The best {@code most} prices to buy at, ascending. */
  public List<Level> asks(int most) {
    List<Level> levels = new ArrayList<>();
    long best = Math.max(last.buy() ? ticks() : ticks() + spread(), bestBid() + 1);
    for (long i = 0; i < most; i++) {
      levels.add(level(best + i * spread(), i));
    }
    return levels;
  }

  /** Volume-weighted price of a candle, or its close if nobody traded; cut off at the scale. */
  public BigDecimal vwap(TapeCandle candle) {
    return candle.volume().signum() == 0
        ? candle.close()
        : candle.quoteVolume().divide(candle.volume(), priceScale, RoundingMode.DOWN);
  }

  private long ticks() {
    return Math.max(
        1, last.price().movePointRight(priceScale).setScale(0, RoundingMode.HALF_EVEN).longValue());
  }

  private long spread() {
    return Math.max(1, ticks() / TICKS_PER_SPREAD);
  }

  /** Who buys takes the ask, so the last price is one side of the book. */
  private long bestBid() {
    return Math.max(1, last.buy() ? ticks() - spread() : ticks());
  }

  private Level level(long ticks, long number) {
    long hash = (last.id() * 31 + number) * GOLDEN;
    hash = (hash ^ (hash >>> 32)) * GOLDEN;
    long usual =
        Math.max(
            1,
            day.volume()
                .movePointRight(sizeScale)
                .divide(BigDecimal.valueOf(Math.max(1, day.tradeCount())), 0, RoundingMode.DOWN)
                .longValue());
    long lots = 1 + Math.floorMod(hash, MOST_SIZE * usual);
    int orders = 1 + (int) Math.floorMod(hash >>> 40, (long) MOST_ORDERS);
    return new Level(
        BigDecimal.valueOf(ticks, priceScale), BigDecimal.valueOf(lots, sizeScale), orders);
  }
}
