package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import java.util.TreeSet;

/**
 * How many rows of candles an answer of a venue holds at most, learnt from the answers: a venue may
 * allow fewer than it documents, and its pages are all that tells. Rows that end inside of what was
 * asked are taken for cut off where there are as many as there ever were; where they only happen to
 * be as many, what lies beyond them is asked for once more. What cannot have settled yet is not
 * missed: a page of the newest intervals is asked for beyond them. A limit is known, or known to be
 * lower now, after {@link #KNOWN_AFTER} answers of one length without a hole. Kept in memory, not
 * thread-safe.
 */
final class RowLimit {
  /** No venue's pages are shorter: fewer rows are all that there are. */
  static final int FEWEST = 50;

  static final int KNOWN_AFTER = 8;

  private int most;
  private boolean isLimit;
  private int length;
  private int ofLength;

  /**
   * Takes in an answer of candles and tells of what it speaks.
   *
   * @param settledToMs intervals that end later need not have a row yet, epoch ms, UTC
   */
  AnswerReach take(RestQuery query, RestAnswer said, long settledToMs) {
    TreeSet<Long> opens = new TreeSet<>(said.forming());
    said.candles().stream().map(Candle::openTimeMs).forEach(opens::add);
    boolean folded = said.newestMs() == Long.MAX_VALUE;
    if (opens.size() < FEWEST || folded) {
      return AnswerReach.ALL;
    }
    long stepMs = query.stream().timeframe().millis();
    long endMs = opens.last() + stepMs;
    long toMs = Math.min(query.toMs(), settledToMs);
    boolean inside = opens.first() - stepMs >= query.fromMs() || endMs + stepMs <= toMs;
    boolean whole = endMs - opens.first() == opens.size() * stepMs;
    learn(opens.size(), inside && whole);
    return inside && opens.size() >= most ? new AnswerReach(opens.first(), endMs) : AnswerReach.ALL;
  }

  private void learn(int rows, boolean cut) {
    if (rows > most) {
      most = rows;
      isLimit = false;
      ofLength = 0;
    }
    if (cut) {
      ofLength = rows == length ? ofLength + 1 : 1;
      length = rows;
    }
    if (ofLength >= KNOWN_AFTER) {
      most = length;
      isLimit = true;
    }
  }

  /** So many intervals beside the wanted ones leave room for these in an answer that is cut. */
  int margin() {
    return isLimit ? most / 3 : Integer.MAX_VALUE;
  }
}
