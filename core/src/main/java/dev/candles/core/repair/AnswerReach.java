package dev.candles.core.repair;

import dev.candles.core.coverage.Intervals;

/**
 * Of which intervals an answer speaks. One that is full, or as deep as the venue goes, ends inside
 * of what was asked: of what lies beyond its rows it says nothing. That is neither open in spite of
 * an answer nor a reason to give anything up, and it is asked for before the sweep is over.
 *
 * @param fromMs open time of the first interval, epoch ms, UTC
 * @param toMs end, exclusive, of the last one, epoch ms, UTC
 */
public record AnswerReach(long fromMs, long toMs) {
  /** All that was asked. */
  public static final AnswerReach ALL = new AnswerReach(Long.MIN_VALUE, Long.MAX_VALUE);

  /** Nothing that opens before {@code fromMs}, epoch ms, UTC. */
  public static AnswerReach from(long fromMs) {
    return new AnswerReach(fromMs, Long.MAX_VALUE);
  }

  /** Nothing that ends after {@code toMs}, epoch ms, UTC. */
  public static AnswerReach until(long toMs) {
    return new AnswerReach(Long.MIN_VALUE, toMs);
  }

  /**
   * The wanted intervals of which it speaks; all where it reaches none of them, for then asking
   * again would bring the same rows.
   */
  Intervals of(Intervals wanted) {
    long from = Math.max(fromMs, wanted.from(0));
    long to = Math.min(toMs, wanted.to(wanted.count() - 1));
    Intervals reached = from < to ? wanted.intersect(Intervals.of(from, to)) : Intervals.empty();
    return reached.isEmpty() ? wanted : reached;
  }
}
