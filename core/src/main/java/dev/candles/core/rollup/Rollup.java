package dev.candles.core.rollup;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
  private Rollup() {}

  /**
   * The larger candle, or empty if there is no part: then the whole interval was silent.
   *
   * @param openTimeMs open time of the larger interval, epoch ms, UTC
   * @param parts all base candles that exist within it
   */
  public static Optional<Candle> fold(StreamKey larger, long openTimeMs, List<Candle> parts) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    List<Candle> ordered =
        parts.stream().sorted(Comparator.comparingLong(Candle::openTimeMs)).toList();
    List<Candle> traded = ordered.stream().filter(c -> !FlatRow.matches(c)).toList();
    List<Candle> used =
        traded.isEmpty() ? ordered.subList(ordered.size() - 1, ordered.size()) : traded;
    Candle first = used.get(0);
    Candle last = used.get(used.size() - 1);
    return Optional.of(
        new Candle(
            larger,
            openTimeMs,
            new Ohlc(
                first.open(),
                used.stream().mapToDouble(Candle::high).max().orElseThrow(),
                used.stream().mapToDouble(Candle::low).min().orElseThrow(),
                last.close()),
            new Volumes(
                sum(ordered, Candle::volume),
                sumIfAll(ordered, Candle::quoteVolume),
                sumIfAll(ordered, Candle::takerBuyVolume)),
            new TradeRange(countIfAll(ordered), first.firstTradeId(), last.lastTradeId()),
            Provenance.first(
                Evidence.ROLLUP,
                "rollup",
                ordered.stream().mapToLong(Candle::receivedAtMs).max().orElseThrow())));
  }

  private static double sum(List<Candle> parts, ToDoubleFunction<Candle> field) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Candle part : parts) {
      sum = sum.add(BigDecimal.valueOf(field.applyAsDouble(part)));
    }
    return sum.doubleValue();
  }

  private static @Nullable Double sumIfAll(
      List<Candle> parts, Function<Candle, @Nullable Double> field) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Candle part : parts) {
      Double value = field.apply(part);
      if (value == null) {
        return null;
      }
      sum = sum.add(BigDecimal.valueOf(value));
    }
    return sum.doubleValue();
  }

  private static @Nullable Long countIfAll(List<Candle> parts) {
    return parts.stream().map(Candle::tradeCount).allMatch(Objects::nonNull)
        ? (Long) parts.stream().map(Candle::tradeCount).mapToLong(c -> c == null ? 0 : c).sum()
        : null;
  }
}
