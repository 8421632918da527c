package dev.candles.core.rollup;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Folds the base candles of one larger interval. A {@link FlatRow} does not count for open, high,
 * low and close; a fold of nothing else is flat too. Volumes are summed exactly. Pure; the order of
 * the parts does not matter.
 */
public final class Rollup {
  private interface QuoteSum {
    @Nullable Double of(List<Candle> parts, Function<Candle, @Nullable Double> field);
  }

  private Rollup() {}

  /**
   * The larger candle, or empty if there is no part: then the whole interval was silent.
   *
   * @param openTimeMs open time of the larger interval, epoch ms, UTC
   * @param parts all base candles that exist within it
   */
  public static Optional<Candle> fold(StreamKey larger, long openTimeMs, List<Candle> parts) {
    return fold(larger, openTimeMs, parts, Rollup::sumIfAll);
  }

  /**
   * The same, but for the volume in quote currency: that is a plain sum of doubles, at most 1,440
   * of them and rounded as often, hence off by less than 1e-12 of it. For those who compare: many
   * digits are summed several times faster.
   */
  public static Optional<Candle> foldRoughly(
      StreamKey larger, long openTimeMs, List<Candle> parts) {
    return fold(larger, openTimeMs, parts, Rollup::plainSumIfAll);
  }

  private static Optional<Candle> fold(
      StreamKey larger, long openTimeMs, List<Candle> parts, QuoteSum quoteSum) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    List<Candle> ordered = ordered(parts);
    List<Candle> traded = traded(ordered);
    List<Candle> used =
        traded.isEmpty() ? ordered.subList(ordered.size() - 1, ordered.size()) : traded;
    Candle first = used.get(0);
    Candle last = used.get(used.size() - 1);
    return Optional.of(
        new Candle(
            larger,
            openTimeMs,
            new Ohlc(first.open(), highest(used), lowest(used), last.close()),
            new Volumes(
                sum(ordered, Candle::volume),
                quoteSum.of(ordered, Candle::quoteVolume),
                sumIfAll(ordered, Candle::takerBuyVolume)),
            new TradeRange(countIfAll(ordered), first.firstTradeId(), last.lastTradeId()),
            Provenance.first(Evidence.ROLLUP, "rollup", latest(ordered))));
  }

  /** The same list if it is in order, as it nearly always is. */
  private static List<Candle> ordered(List<Candle> parts) {
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i - 1).openTimeMs() > parts.get(i).openTimeMs()) {
        return parts.stream().sorted(Comparator.comparingLong(Candle::openTimeMs)).toList();
      }
    }
    return parts;
  }

  private static List<Candle> traded(List<Candle> ordered) {
    List<Candle> traded = new ArrayList<>(ordered.size());
    for (Candle part : ordered) {
      if (!FlatRow.matches(part)) {
        traded.add(part);
      }
    }
    return traded;
  }

  private static double highest(List<Candle> parts) {
    double highest = Double.NEGATIVE_INFINITY;
    for (Candle part : parts) {
      highest = Math.max(highest, part.high());
    }
    return highest;
  }

  private static double lowest(List<Candle> parts) {
    double lowest = Double.POSITIVE_INFINITY;
    for (Candle part : parts) {
      lowest = Math.min(lowest, part.low());
    }
    return lowest;
  }

  private static long latest(List<Candle> parts) {
    long latest = Long.MIN_VALUE;
    for (Candle part : parts) {
      latest = Math.max(latest, part.receivedAtMs());
    }
    return latest;
  }

  private static double sum(List<Candle> parts, ToDoubleFunction<Candle> field) {
    ExactSum sum = new ExactSum();
    for (Candle part : parts) {
      sum.add(field.applyAsDouble(part));
    }
    return sum.nearest();
  }

  private static @Nullable Double sumIfAll(
      List<Candle> parts, Function<Candle, @Nullable Double> field) {
    ExactSum sum = new ExactSum();
    for (Candle part : parts) {
      Double value = field.apply(part);
      if (value == null) {
        return null;
      }
      sum.add(value);
    }
    return sum.nearest();
  }

  private static @Nullable Double plainSumIfAll(
      List<Candle> parts, Function<Candle, @Nullable Double> field) {
    double sum = 0;
    for (Candle part : parts) {
      Double value = field.apply(part);
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return sum;
  }

  private static @Nullable Long countIfAll(List<Candle> parts) {
    long sum = 0;
    for (Candle part : parts) {
      Long count = part.tradeCount();
      if (count == null) {
        return null;
      }
      sum += count;
    }
    return sum;
  }
}
