package dev.candles.batch.quality.check;

import dev.candles.text.Counted;
import java.util.Locale;

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

  /** How many, and which ids they have. */
  String value() {
    return value(trades, firstId, lastId);
  }

  static String value(long trades, long firstId, long lastId) {
    return String.format(
        Locale.ROOT, "%s with ids %d to %d", Counted.of(trades, "trade"), firstId, lastId);
  }

  /** How many ids there are. */
  long ids() {
    return lastId - firstId + 1;
  }

  /** Whether there are as many trades as ids. */
  boolean addsUp() {
    return trades == ids();
  }

  /** Whether there are more trades than ids. */
  boolean isCrowded() {
    return trades > ids();
  }
}
