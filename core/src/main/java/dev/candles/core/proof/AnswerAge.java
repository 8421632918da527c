package dev.candles.core.proof;

/**
 * Until when the rows of one REST answer may be believed, by the venue's own time: never by ours.
 * Pure.
 *
 * <p>An answer may have lain in a cache, with or without a word about it. What it shows cannot lie:
 * one that holds a row which opens at some time was made at that time or later. So a row has
 * settled when the answer also holds one that opens after the first one's end and settle time. What
 * the answer says of itself ({@code Date} less {@code Age}) can only make that later, except for
 * rows so old that no cache holds an answer for so long.
 */
public final class AnswerAge {
  /** No answer is served from a cache, unmarked, longer than this after it was made. */
  public static final long OLDEST_MS = 86_400_000;

  /** A venue may close a candle a little before its own clock says that it is over. */
  private static final long EARLY_MS = 5_000;

  /** An answer is asked for, made and read within this time. */
  private static final long ON_ITS_WAY_MS = 3_600_000;

  /** The answer says nothing of its age. */
  public static final long UNSAID = -1;

  private AnswerAge() {}

  /**
   * Intervals that end at or before the result have settled in this answer.
   *
   * @param saidMs what the answer says it is of, epoch ms, UTC, or {@link #UNSAID}
   * @param newestOpenMs open time of the newest row that the answer holds, closed or not, epoch ms;
   *     {@link Long#MIN_VALUE} if it holds none
   * @param settleMs market milliseconds from an interval's end until the venue's row is believed,
   *     or until it is not read again
   */
  public static long settledToMs(long saidMs, long newestOpenMs, long settleMs) {
    if (saidMs == UNSAID) {
      return minus(newestOpenMs, settleMs);
    }
    return minus(Math.max(Math.min(saidMs, newestOpenMs), saidMs - OLDEST_MS), settleMs);
  }

  /**
   * Intervals that end later cannot be over, whatever a row of this answer says of itself.
   *
   * @param saidMs what the answer says it is of, epoch ms, UTC, in whole seconds, or {@link
   *     #UNSAID}
   */
  public static long confirmedToMs(long saidMs) {
    return saidMs == UNSAID ? Long.MAX_VALUE : saidMs + EARLY_MS;
  }

  /**
   * How far behind an interval the rows of an answer must reach to show that it has settled.
   *
   * @param endMs the interval's end, epoch ms, UTC
   * @param nowMs the venue's time, epoch ms, UTC
   * @param settleMs as in {@link #settledToMs}
   * @return {@code settleMs}; 0 where what the answer says of itself is enough, because it cannot
   *     be older than {@link #OLDEST_MS}
   */
  public static long reachMs(long endMs, long nowMs, long settleMs) {
    return endMs + settleMs + OLDEST_MS + ON_ITS_WAY_MS <= nowMs ? 0 : settleMs;
  }

  private static long minus(long timeMs, long settleMs) {
    return timeMs == Long.MIN_VALUE ? timeMs : timeMs - settleMs;
  }
}
