package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What tells two versions of one candle apart, small enough to keep for days. */
public record Version(
    double open,
    double high,
    double low,
    double close,
    double volume,
    @Nullable Long tradeCount,
    @Nullable Long firstTradeId,
    @Nullable Long lastTradeId,
    Evidence evidence,
    int revision) {

  /** Volumes closer than this are the same volume. */
  public static final double VOLUME_TOLERANCE = 1e-8;

  /** The version that {@code candle} is. */
  public static Version of(Candle candle) {
    return new Version(
        candle.open(),
        candle.high(),
        candle.low(),
        candle.close(),
        candle.volume(),
        candle.tradeCount(),
        candle.firstTradeId(),
        candle.lastTradeId(),
        candle.evidence(),
        candle.revision());
  }

  /**
   * Whether both say the same: equal prices, volumes within {@link #VOLUME_TOLERANCE} or two units
   * of the last digit that a double of that size holds; a field that one side lacks does not
   * differ.
   */
  public boolean same(Version other) {
    return open == other.open
        && high == other.high
        && low == other.low
        && close == other.close
        && sameVolume(volume, other.volume)
        && agree(tradeCount, other.tradeCount)
        && agree(firstTradeId, other.firstTradeId)
        && agree(lastTradeId, other.lastTradeId);
  }

  /** Whether two volumes are the same volume. */
  public static boolean sameVolume(double one, double other) {
    double lastDigit = 2 * Math.ulp(Math.max(Math.abs(one), Math.abs(other)));
    return Math.abs(one - other) <= Math.max(VOLUME_TOLERANCE, lastDigit);
  }

  private static boolean agree(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null || Objects.equals(one, other);
  }
}
