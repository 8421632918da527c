package dev.candles.core.repair;

/**
 * How far back a venue has anything of a market.
 *
 * @param listedAtMs when the market was listed, epoch ms, UTC; 0 if no row of the venue shows it
 * @param keptFromMs what ends by then (epoch ms, UTC) is older than what the venue keeps; {@link
 *     Long#MIN_VALUE} if it keeps all
 */
public record KeptHistory(long listedAtMs, long keptFromMs) {
  /** All that is asked for. */
  public static final KeptHistory ALL = new KeptHistory(0, Long.MIN_VALUE);
}
