package dev.candles.core.feed;

/**
 * Whole intervals whose trades did not reach the live path: those of {@code [fromMs, toMs)}.
 *
 * @param fromMs open time of the first, epoch ms, UTC
 * @param toMs end, exclusive, of the last
 * @param afterId the venue's id of the last trade known before them, or {@link #UNKNOWN}
 * @param beforeId an id such that all their trades have smaller ones, or {@link #UNKNOWN}
 */
public record TradeHole(long fromMs, long toMs, long afterId, long beforeId) {
  /** No such id is known. */
  public static final long UNKNOWN = -1;

  /** How many ids are missing; more than any venue has if that is not known. */
  public long ids() {
    return afterId == UNKNOWN || beforeId == UNKNOWN ? Long.MAX_VALUE : beforeId - afterId - 1;
  }
}
