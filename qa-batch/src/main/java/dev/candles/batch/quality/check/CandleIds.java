package dev.candles.batch.quality.check;

/**
 * The ids of the trades of a candle, or of several together.
 *
 * @param firstOpenMs open time of the earliest candle, epoch ms, UTC
 * @param lastOpenMs of the latest one
 * @param firstId the lowest
 * @param lastId the highest
 * @param trades how many there are; {@link #UNTOLD} if nobody says
 */
public record CandleIds(long firstOpenMs, long lastOpenMs, long firstId, long lastId, long trades) {
  static final long UNTOLD = -1;

  /** Of one candle. */
  static CandleIds of(long openMs, long firstId, long lastId, long trades) {
    return new CandleIds(openMs, openMs, firstId, lastId, trades);
  }

  /** Both as one. */
  CandleIds with(CandleIds other) {
    boolean told = trades != UNTOLD && other.trades != UNTOLD;
    return new CandleIds(
        Math.min(firstOpenMs, other.firstOpenMs),
        Math.max(lastOpenMs, other.lastOpenMs),
        Math.min(firstId, other.firstId),
        Math.max(lastId, other.lastId),
        told ? trades + other.trades : UNTOLD);
  }

  /** The same where nobody says how many trades there are. */
  CandleIds untold() {
    return new CandleIds(firstOpenMs, lastOpenMs, firstId, lastId, UNTOLD);
  }

  boolean meets(long fromId, long toId) {
    return firstId <= toId && lastId >= fromId;
  }

  /** Whether there are as many trades as ids. */
  boolean addsUp() {
    return trades != UNTOLD && trades == lastId - firstId + 1;
  }
}
