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
 */
public record AnswerHistory(Intervals once, Intervals twice, long sinceMs) {
  /** No answer came yet. */
  public static final long UNHEARD = Long.MIN_VALUE;

  /** Nothing yet. */
  public static final AnswerHistory NOTHING =
      new AnswerHistory(Intervals.empty(), Intervals.empty(), UNHEARD);

  /** After an answer at {@code nowMs}, whether it could be read or not. */
  public AnswerHistory answered(long nowMs) {
    return sinceMs == UNHEARD ? new AnswerHistory(once, twice, nowMs) : this;
  }

  /** After a request that nobody answered. */
  public AnswerHistory failed() {
    return new AnswerHistory(once, twice, UNHEARD);
  }

  /** After an answer that could be read and left {@code left} open. */
  public AnswerHistory read(Intervals left) {
    return new AnswerHistory(once.union(left), twice.union(once.intersect(left)), sinceMs);
  }
}
