package dev.candles.core.feed;

/**
 * Whole intervals whose trades did not reach the live path: those of {@code [fromMs, toMs)}.
 *
 * @param fromMs open time of the first, epoch ms, UTC
 * @param toMs end, exclusive, of the last
 * @param afterId the venue's id of the last trade known before them, or {@link #UNKNOWN}
 * @param beforeId together with {@code afterId}: an id such that all their trades have smaller
 *     ones; alone: one above that of a trade in them or near, whose neighbours are not known; or
 *     {@link #UNKNOWN}
 */
public record MissingTrades(long fromMs, long toMs, long afterId, long beforeId) {
  /** No such id is known. */
  public static final long UNKNOWN = -1;

  /** Intervals of which no more is known than the id of one trade, in them or near. */
  public static MissingTrades near(long fromMs, long toMs, long tradeId) {
    return new MissingTrades(fromMs, toMs, UNKNOWN, tradeId + 1);
  }

  /** Intervals of whose ids nothing is known. */
  public static MissingTrades anywhere(long fromMs, long toMs) {
    return new MissingTrades(fromMs, toMs, UNKNOWN, UNKNOWN);
  }

  /** Whether the chain of ids vouches for both ends. */
  public boolean isBetweenIds() {
    return afterId != UNKNOWN && beforeId != UNKNOWN;
  }

  /** How many ids are missing; more than any venue has if that is not known. */
  public long ids() {
    return isBetweenIds() ? beforeId - afterId - 1 : Long.MAX_VALUE;
  }
}
