package dev.candles.core.finality;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What truly happened on a market: trades by id, and the candle of each minute computed plainly.
 */
final class TradeTape {
  final List<Trade> trades = new ArrayList<>();
  private final TreeMap<Long, List<Trade>> minutes = new TreeMap<>();

  /**
   * @param mostBackMs how much earlier than a trade before it a trade may be stamped
   */
  TradeTape(SplittableRandom random, int minuteCount, int mostBackMs) {
    long id = random.nextInt(1, 1_000_000);
    long end = Candles.T0 + minuteCount * Candles.MINUTE;
    long at = Candles.T0 - 3 * Candles.MINUTE;
    int busy = random.nextInt(1, 40) * 1_000;
    while (at < end) {
      at += random.nextInt(12) == 0 ? random.nextInt(200_000) : random.nextInt(busy);
      for (int fills = random.nextInt(4) / 2; fills >= 0; fills--) {
        long stamp = random.nextInt(4) == 0 ? at - random.nextInt(mostBackMs) : at;
        double price = 100 + random.nextInt(1_000) / 100.0;
        trades.add(
            new Trade(
                id++,
                stamp,
                price,
                BigDecimal.valueOf(random.nextInt(1, 999), 4),
                id % 3 == 0 ? TakerSide.SELL : TakerSide.BUY));
      }
    }
    for (Trade trade : trades) {
      long open = Math.floorDiv(trade.timeMs(), Candles.MINUTE) * Candles.MINUTE;
      minutes.computeIfAbsent(open, o -> new ArrayList<>()).add(trade);
    }
  }

  boolean isSilent(long openMs) {
    return !minutes.containsKey(openMs);
  }

  /** Whether {@code candle} is what the trades of its minute make. */
  boolean made(Candle candle) {
    List<Trade> mine = minutes.getOrDefault(candle.openTimeMs(), List.of());
    if (mine.isEmpty()) {
      return false;
    }
    BigDecimal sum = mine.stream().map(Trade::size).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal bought =
        mine.stream()
            .filter(trade -> trade.taker() == TakerSide.BUY)
            .map(Trade::size)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return candle.open() == mine.get(0).price()
        && candle.close() == mine.get(mine.size() - 1).price()
        && candle.high() == mine.stream().mapToDouble(Trade::price).max().orElseThrow()
        && candle.low() == mine.stream().mapToDouble(Trade::price).min().orElseThrow()
        && candle.volume() == sum.doubleValue()
        && Double.valueOf(bought.doubleValue()).equals(candle.takerBuyVolume())
        && Long.valueOf(mine.size()).equals(candle.tradeCount())
        && Long.valueOf(mine.get(0).id()).equals(candle.firstTradeId())
        && Long.valueOf(mine.get(mine.size() - 1).id()).equals(candle.lastTradeId());
  }

  /** Trades that have happened by then. */
  int countAt(long timeMs, int from) {
    int count = from;
    while (count < trades.size() && happenedMs(count) <= timeMs) {
      count++;
    }
    return count;
  }

  /** When trade {@code i} happened: its stamp may lie before that of an earlier one. */
  long happenedMs(int i) {
    long latest = trades.get(i).timeMs();
    for (int j = Math.max(0, i - 8); j < i; j++) {
      latest = Math.max(latest, trades.get(j).timeMs());
    }
    return latest;
  }
}
