package dev.candles.core.repair;

import dev.candles.core.coverage.Intervals;

/**
 * What the venue was heard to say of the open intervals of a gap. Kept in memory only: a restart
 * forgets it, and then the venue must say it again. An immutable value.
 *
 * @param once intervals that at least one readable answer left open
 * @param twice intervals that at least two readable answers left open
 * @param sinceMs market time of the first answer after which no request failed, epoch ms; {@link
 *     #UNHEARD} if there is none
 * @param saidMs when the last answer was made by its own word, epoch ms; {@link #UNSAID} if it has
 *     none
 */
public record AnswerHistory(Intervals once, Intervals twice, long sinceMs, long saidMs) {
  /** No answer says when it was made. */
  public static final long UNSAID = Long.MAX_VALUE;

  /** No answer came yet. */
  public static final long UNHEARD = Long.MIN_VALUE;

  /** Nothing yet. */
  public static final AnswerHistory NOTHING =
      new AnswerHistory(Intervals.empty(), Intervals.empty(), UNHEARD, UNSAID);

  /** After an answer at {@code nowMs}, whether it could be read or not. */
  public AnswerHistory answered(long nowMs, long answerSaidMs) {
    return new AnswerHistory(once, twice, sinceMs == UNHEARD ? nowMs : sinceMs, answerSaidMs);
  }

  /** After a request that nobody answered. */
  public AnswerHistory failed() {
    return new AnswerHistory(once, twice, UNHEARD, saidMs);
  }

  /** After an answer that could be read and left {@code left} open. */
  public AnswerHistory read(Intervals left) {
    return new AnswerHistory(once.union(left), twice.union(once.intersect(left)), sinceMs, saidMs);
  }
}
