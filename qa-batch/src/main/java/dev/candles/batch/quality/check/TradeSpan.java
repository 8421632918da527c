package dev.candles.batch.quality.check;

/**
 * The ids of a candle's trades.
 *
 * @param openMs its open time, epoch ms, UTC
 * @param firstId the lowest
 * @param lastId the highest
 * @param trades how many there are; {@link #UNTOLD} if nobody says
 */
public record TradeSpan(long openMs, long firstId, long lastId, long trades) {
  static final long UNTOLD = -1;

  boolean meets(long fromId, long toId) {
    return firstId <= toId && lastId >= fromId;
  }
}
