package dev.candles.lake.partition;

import dev.candles.core.candle.Candle;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Which of several versions of one candle is the current one, whatever order they are read in: for
 * readers, compaction and checks.
 */
public final class CandleOrder {
  private static final Comparator<@Nullable Long> LONGS =
      Comparator.nullsFirst(Comparator.naturalOrder());
  private static final Comparator<@Nullable Double> DOUBLES =
      Comparator.nullsFirst(Comparator.naturalOrder());

  /**
   * The current version last: revision, then who knows what takers bought, which nobody can say
   * later, then evidence, then who knew it first, then anything.
   */
  public static final Comparator<Candle> CURRENT_LAST =
      Comparator.comparingInt(Candle::revision)
          .thenComparing(candle -> candle.takerBuyVolume() != null)
          .thenComparing(Candle::evidence, Comparator.comparingInt(e -> e.rank()))
          .thenComparing(Candle::receivedAtMs, Comparator.reverseOrder())
          .thenComparing(candle -> candle.provenance().source())
          .thenComparingDouble(Candle::open)
          .thenComparingDouble(Candle::high)
          .thenComparingDouble(Candle::low)
          .thenComparingDouble(Candle::close)
          .thenComparingDouble(Candle::volume)
          .thenComparing(Candle::quoteVolume, DOUBLES)
          .thenComparing(Candle::takerBuyVolume, DOUBLES)
          .thenComparing(Candle::tradeCount, LONGS)
          .thenComparing(Candle::firstTradeId, LONGS)
          .thenComparing(Candle::lastTradeId, LONGS);

  private CandleOrder() {}

  /** The current one of two versions of one candle. */
  public static Candle current(Candle one, Candle other) {
    return CURRENT_LAST.compare(one, other) < 0 ? other : one;
  }
}
