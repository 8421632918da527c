package dev.candles.core.coverage;

/**
 * Intervals per state. Every expected interval is in exactly one of the numbers.
 *
 * @param finals intervals with a candle
 * @param empty proven to hold no trade
 * @param missing their repair is scheduled
 * @param unrecoverable given up, with a reason
 * @param unknown without any state
 */
public record StateCounts(long finals, long empty, long missing, long unrecoverable, long unknown) {
  /** No interval. */
  public static final StateCounts NONE = new StateCounts(0, 0, 0, 0, 0);

  /** All of them. */
  public long expected() {
    return accounted() + unknown;
  }

  /** Those with a state. */
  public long accounted() {
    return whole() + missing + unrecoverable;
  }

  /** Those of which nothing is missing: a candle, or proof that there is none. */
  public long whole() {
    return finals + empty;
  }

  /** Both together. */
  public StateCounts plus(StateCounts other) {
    return new StateCounts(
        finals + other.finals,
        empty + other.empty,
        missing + other.missing,
        unrecoverable + other.unrecoverable,
        unknown + other.unknown);
  }

  /**
   * {@code part} of {@link #expected} in per cent, rounded down to two decimals, so that only all
   * is 100; 100 if nothing is expected.
   */
  public double percent(long part) {
    return expected() == 0 ? 100 : Math.floorDiv(part * 10_000, expected()) / 100.0;
  }
}
