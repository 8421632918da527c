package dev.candles.core.repair;

import dev.candles.core.candle.Trade;
import java.util.NavigableMap;

/**
 * Finds the page of trades around intervals near which no id is known, on a venue that pages down
 * from an id: from the newest page in growing steps down, then between two trades by their times,
 * in turn guessed and halved; some thirty pages for the ids of a decade. Kept in memory.
 */
final class TradeSearch {
  static final long NEWEST = Long.MAX_VALUE;

  /** Pages of one search at most. */
  private static final int MOST_STEPS = 64;

  private static final long NOWHEN = Long.MIN_VALUE;

  private final long fromMs;
  private final long toMs;
  private final long firstId;
  private long lowId;
  private long lowMs;
  private long highId;
  private long highMs;
  private long asked;
  private int steps;

  /**
   * @param firstId smallest id that the venue may have
   * @param knownId no trade before {@code knownMs} has a larger id; {@link #NEWEST} if unknown
   */
  TradeSearch(long fromMs, long toMs, long firstId, long knownId, long knownMs) {
    this.fromMs = fromMs;
    this.toMs = toMs;
    this.firstId = firstId;
    this.lowId = firstId - 1;
    this.lowMs = NOWHEN;
    this.highId = knownId == NEWEST ? NEWEST : knownId + 1;
    this.highMs = knownMs;
  }

  /** Below which id to ask next; {@link #NEWEST} for the newest page. */
  long below(int pageRows) {
    if (highId == NEWEST) {
      return NEWEST;
    }
    if (lowId < firstId) {
      long step = pageRows * ((1L << Math.min(40, 2 * steps)) - 1);
      asked = Math.max(firstId + pageRows, highId - step);
      return asked;
    }
    long between = highId - lowId - 1;
    if (between <= pageRows / 2) {
      asked = highId + pageRows / 4; // both sides in one page
      return asked;
    }
    double part = (double) (fromMs - lowMs) / Math.max(1, highMs - lowMs);
    boolean guessed = steps % 2 == 0 && lowMs != NOWHEN;
    long guess = guessed ? (long) (between * part) : between / 2;
    long inside = Math.max(1, Math.min(between - 1, guess + pageRows / 2));
    asked = lowId + 1 + inside;
    return asked;
  }

  /**
   * Takes in a page without a trade: the venue has none of so small ids, or none at all.
   *
   * @return whether another page may help
   */
  boolean goesOnAboveNothing() {
    steps++;
    if (highId == NEWEST || asked >= highId) {
      return false;
    }
    lowId = Math.max(lowId, asked - 1);
    return !isSpent();
  }

  /**
   * Takes in a page.
   *
   * @return whether it lies at the intervals, or beside what is known to be their end
   */
  boolean found(NavigableMap<Long, Trade> page) {
    steps++;
    long first = page.firstKey();
    long last = page.lastKey();
    boolean allBefore = page.values().stream().allMatch(t -> t.timeMs() < fromMs);
    boolean allAfter = page.values().stream().allMatch(t -> t.timeMs() >= toMs);
    if (allBefore) {
      boolean touches = highId == NEWEST || last + 1 >= highId;
      if (last > lowId) {
        lowId = last;
        lowMs = page.lastEntry().getValue().timeMs();
      }
      return touches;
    }
    if (allAfter && first > firstId) {
      if (first < highId) {
        highId = first;
        highMs = page.firstEntry().getValue().timeMs();
      }
      return false;
    }
    return true;
  }

  /** Whether it has asked for as many pages as it may. */
  boolean isSpent() {
    return steps >= MOST_STEPS;
  }
}
