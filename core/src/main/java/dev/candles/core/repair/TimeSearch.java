package dev.candles.core.repair;

import dev.candles.core.candle.Trade;
import java.util.NavigableMap;

/**
 * Finds the last trades before some intervals on a venue that pages forward from a time and knows
 * no cursor by id: from further and further back until a page begins before them, then by halving
 * where that page ended too early. Kept in memory.
 */
final class TimeSearch {
  private static final int FASTER = 11;
  private static final int MOST_STEPS = 64;
  private static final long NEAR_MS = 1_000;
  private static final long NOWHERE = Long.MIN_VALUE;

  private final long fromMs;
  private final long stepMs;
  private long backMs;
  private long beforeMs = NOWHERE;
  private long silentFromMs = Long.MAX_VALUE;
  private int steps;

  /**
   * @param fromMs start of the intervals, epoch ms
   * @param stepMs length of an interval
   * @param backMs how much earlier to begin, market milliseconds
   */
  TimeSearch(long fromMs, long stepMs, long backMs) {
    this.fromMs = fromMs;
    this.stepMs = stepMs;
    this.backMs = backMs;
  }

  /**
   * From when on to ask (epoch ms, UTC); 0 for the venue's first trade.
   *
   * @param reachedMs time of the earliest trade that is held; the intervals' start if none is
   */
  long sinceMs(long reachedMs) {
    if (beforeMs != NOWHERE && reachedMs <= beforeMs) {
      beforeMs = NOWHERE; // that trade is held now, and one more is wanted
      silentFromMs = Long.MAX_VALUE;
      backMs = fromMs - reachedMs + stepMs;
    }
    if (beforeMs == NOWHERE) {
      return Math.max(0, fromMs - backMs);
    }
    long upper = Math.max(beforeMs, Math.min(Math.min(reachedMs, fromMs), silentFromMs));
    return upper - beforeMs <= NEAR_MS ? beforeMs : beforeMs + (upper - beforeMs) / 2;
  }

  /**
   * Takes in a page that does not decide the intervals' beginning.
   *
   * @param askedMs from when on it was asked
   * @param touches whether it goes on with the trades that are held, or is the first of them
   * @return whether another page may help
   */
  boolean goesOn(NavigableMap<Long, Trade> page, long askedMs, boolean touches) {
    steps++;
    long latest = page.values().stream().mapToLong(Trade::timeMs).max().orElse(NOWHERE);
    if (!touches && latest != NOWHERE && latest < fromMs) {
      if (latest <= beforeMs) {
        return false; // the same again
      }
      beforeMs = latest;
    } else if (beforeMs != NOWHERE) {
      silentFromMs = Math.min(silentFromMs, askedMs);
    } else if (askedMs == 0) {
      return false; // nothing is older
    } else {
      backMs = backMs > fromMs / FASTER ? fromMs : backMs * FASTER;
    }
    return steps < MOST_STEPS;
  }
}
