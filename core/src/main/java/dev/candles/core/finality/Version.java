package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What tells two versions of one candle apart, small enough to keep for days. */
public record Version(
    Ohlc prices, Volumes volumes, TradeRange trades, Evidence evidence, int revision) {

  /** Volumes closer than this are the same volume. */
  public static final double VOLUME_TOLERANCE = 1e-8;

  /** Volumes in quote currency of two folds that differ by less, relative to them, are the same. */
  private static final double QUOTE_TOLERANCE = 1e-9;

  /** The version that {@code candle} is. */
  public static Version of(Candle candle) {
    return new Version(
        candle.prices(), candle.volumes(), candle.trades(), candle.evidence(), candle.revision());
  }

  /** The same as another revision of the interval. */
  public Version withRevision(int number) {
    return new Version(prices, volumes, trades, evidence, number);
  }

  /**
   * The version of an interval in which nobody traded.
   *
   * @param evidence why that may be believed
   */
  public static Version ofSilence(Evidence evidence) {
    return new Version(
        new Ohlc(0, 0, 0, 0), Volumes.ofBase(0), new TradeRange(0L, null, null), evidence, 0);
  }

  /**
   * Whether both say the same: that nobody traded, whatever price they repeat; or equal prices,
   * volumes within {@link #VOLUME_TOLERANCE} or two units of the last digit that a double of that
   * size holds; a field that one side lacks does not differ. The volume in quote currency is
   * compared of two folds alone, within {@link #QUOTE_TOLERANCE}: theirs is the exact sum of the
   * parts'; that of one candle in two answers of a venue may be rounded in two ways.
   */
  public boolean same(Version other) {
    return (saysNobodyTraded() && other.saysNobodyTraded()) || equal(other);
  }

  private boolean saysNobodyTraded() {
    return FlatRow.matches(prices, volumes, trades);
  }

  private boolean equal(Version other) {
    return samePrices(prices, other.prices)
        && sameVolume(volumes.base(), other.volumes.base())
        && agree(volumes.takerBuy(), other.volumes.takerBuy())
        && (!isFold() || !other.isFold() || sameQuote(volumes.quote(), other.volumes.quote()))
        && agree(trades.count(), other.trades.count())
        && agree(trades.firstId(), other.trades.firstId())
        && agree(trades.lastId(), other.trades.lastId());
  }

  private boolean isFold() {
    return evidence == Evidence.ROLLUP;
  }

  private static boolean sameQuote(@Nullable Double one, @Nullable Double other) {
    return one == null
        || other == null
        || Math.abs(one - other) <= QUOTE_TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
  }

  private static boolean samePrices(Ohlc one, Ohlc other) {
    return one.open() == other.open()
        && one.high() == other.high()
        && one.low() == other.low()
        && one.close() == other.close();
  }

  /** Whether two volumes are the same volume. */
  public static boolean sameVolume(double one, double other) {
    double lastDigit = 2 * Math.ulp(Math.max(Math.abs(one), Math.abs(other)));
    return Math.abs(one - other) <= Math.max(VOLUME_TOLERANCE, lastDigit);
  }

  private static boolean agree(@Nullable Double one, @Nullable Double other) {
    return one == null || other == null || sameVolume(one, other);
  }

  private static boolean agree(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null || Objects.equals(one, other);
  }
}
