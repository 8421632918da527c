package dev.candles.core.proof;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.finality.CandleBuilder;
import dev.candles.core.finality.Version;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The truth: every trade that there ever was, and when the venue published it. Ids count from 1 in
 * the order of publication, of three neighbours one at most is later than the grace.
 */
final class ModelTape {
  static final StreamKey STREAM = new StreamKey("model", "BTC-USD", Timeframe.M1);
  static final long MINUTE = 60_000;

  /** A trade and when it was published. */
  record Print(Trade trade, long atMs) {
    boolean late() {
      return atMs > trade.timeMs() + Candles.GRACE_MS;
    }
  }

  /** By id. */
  final List<Print> prints;

  /** Of each interval with a trade, by id. */
  final Map<Long, List<Print>> byOpen = new HashMap<>();

  private final Map<Long, Candle> whole = new HashMap<>();
  private final List<Print> byTime;

  private ModelTape(List<Print> prints) {
    this.prints = prints;
    this.byTime = new ArrayList<>(prints);
    byTime.sort(
        Comparator.comparingLong((Print p) -> p.trade().timeMs())
            .thenComparingLong(p -> p.trade().id()));
    for (Print print : prints) {
      byOpen
          .computeIfAbsent(Timeframe.M1.floor(print.trade().timeMs()), o -> new ArrayList<>())
          .add(print);
    }
    byOpen.forEach((open, mine) -> whole.put(open, candle(open, mine, mine.size())));
  }

  /**
   * A tape from thin to dense.
   *
   * @param late when trades may be published late
   * @param lateIn one trade in so many is late then
   * @param silent when nobody trades
   * @param longestMs no other silence is longer
   */
  static ModelTape of(
      SplittableRandom random,
      long fromMs,
      long toMs,
      Intervals late,
      int lateIn,
      Intervals silent,
      long longestMs) {
    List<Print> all = new ArrayList<>();
    long at = fromMs;
    while (at < toMs) {
      long mean = (long) (3_000 * Math.pow(1_800, random.nextDouble()));
      long endMs = Math.min(toMs, at + Math.min(mean * 400, random.nextLong(8 * 60 * MINUTE) + 1));
      while (at < endMs) {
        at += random.nextInt(5) == 0 ? 0 : 1 + random.nextLong(Math.min(longestMs, 2 * mean));
        if (silent.contains(at) || at >= toMs) {
          continue;
        }
        boolean isLate = late.contains(at) && random.nextInt(lateIn) == 0;
        long delay = isLate ? random.nextLong(TradeEvidence.LATE_MS) : random.nextLong(5, 500);
        double price = 100 + random.nextInt(400) / 10.0;
        BigDecimal size = BigDecimal.valueOf(random.nextInt(1, 100_000), 5);
        all.add(
            new Print(
                new Trade(0, at, price, size, at % 3 == 0 ? TakerSide.SELL : TakerSide.BUY),
                at + delay));
      }
      at +=
          random.nextInt(3) == 0
              ? (long) (MINUTE * Math.pow(longestMs / MINUTE, random.nextDouble()))
              : 0;
    }
    return new ModelTape(numbered(all));
  }

  private static List<Print> numbered(List<Print> all) {
    all.sort(Comparator.comparingLong(Print::atMs));
    List<Print> kept = new ArrayList<>();
    for (Print print : all) {
      int n = kept.size();
      boolean crowded =
          print.late() && ((n > 0 && kept.get(n - 1).late()) || (n > 1 && kept.get(n - 2).late()));
      if (!crowded) {
        Trade trade = print.trade();
        kept.add(
            new Print(
                new Trade(n + 1, trade.timeMs(), trade.price(), trade.size(), trade.taker()),
                print.atMs()));
      }
    }
    return kept;
  }

  /** When the first interval with a trade opens; far away if there is none. */
  long firstMs() {
    return byTime.isEmpty()
        ? Long.MAX_VALUE / 2
        : Timeframe.M1.floor(byTime.get(0).trade().timeMs());
  }

  /** How many trades are published by then. */
  int published(long atMs) {
    int low = 0;
    int high = prints.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (prints.get(middle).atMs() <= atMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** At most so many trades below an id that are published by then, ascending. */
  List<Trade> below(long id, int rows, long asOfMs) {
    int to = (int) Math.min(published(asOfMs), Math.max(0, id - 1));
    List<Trade> page = new ArrayList<>();
    for (int i = Math.max(0, to - rows); i < to; i++) {
      page.add(prints.get(i).trade());
    }
    return page;
  }

  boolean isLate(long id) {
    return prints.get((int) (id - prints.get(0).trade().id())).late();
  }

  /** At most so many trades from a time on that are published by then, by time. */
  List<Trade> since(long timeMs, int rows, long asOfMs) {
    int low = 0;
    int high = byTime.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (byTime.get(middle).trade().timeMs() < timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<Trade> page = new ArrayList<>();
    for (int i = low; i < byTime.size() && page.size() < rows; i++) {
      Print print = byTime.get(i);
      if (print.trade().timeMs() > asOfMs) {
        break;
      }
      if (print.atMs() <= asOfMs) {
        page.add(print.trade());
      }
    }
    return page;
  }

  /** The trades of an interval that are published by then. */
  int count(long openMs, long asOfMs) {
    List<Print> mine = byOpen.get(openMs);
    if (mine == null) {
      return 0;
    }
    int count = mine.size();
    while (count > 0 && mine.get(count - 1).atMs() > asOfMs) {
      count--;
    }
    return count;
  }

  /** The candle of the first so many trades of an interval, as a REST row; null of none. */
  @Nullable Candle row(long openMs, int count) {
    List<Print> mine = byOpen.get(openMs);
    if (mine == null || count == 0) {
      return null;
    }
    return count == mine.size() ? whole.get(openMs) : candle(openMs, mine, count);
  }

  /** The row of an interval in which nobody traded, of a venue that has such rows. */
  static Candle flat(long openMs) {
    return new Candle(
        STREAM,
        openMs,
        new Ohlc(100, 100, 100, 100),
        new Volumes(0, 0.0, null),
        TradeRange.UNKNOWN,
        Provenance.first(Evidence.REST, "rest", 0));
  }

  /**
   * How many of an interval's trades a candle is made of, the first ones by id.
   *
   * @return -1 if no such number makes it
   */
  int madeOf(Candle candle) {
    List<Print> mine = byOpen.getOrDefault(candle.openTimeMs(), List.of());
    Version version = Version.of(candle);
    for (int count = mine.size(); count > 0; count--) {
      Candle row = row(candle.openTimeMs(), count);
      if (row != null && version.same(Version.of(row))) {
        return count;
      }
    }
    return -1;
  }

  private static Candle candle(long openMs, List<Print> mine, int count) {
    CandleBuilder fold = new CandleBuilder(mine.get(0).trade());
    for (int i = 1; i < count; i++) {
      fold.add(mine.get(i).trade());
    }
    Candle c = fold.candle(STREAM, openMs, Evidence.REST, "rest", 0);
    return new Candle(
        STREAM,
        openMs,
        c.prices(),
        Volumes.ofBase(c.volume()),
        TradeRange.UNKNOWN,
        Provenance.first(Evidence.REST, "rest", 0));
  }
}
