package dev.candles.core.repair;

import dev.candles.core.coverage.Intervals;

/**
 * What the venue was heard to say of the open intervals of a gap. Kept in memory only: a restart
 * forgets it, and then the venue must say it again. An immutable value.
 *
 * @param once intervals that at least one readable answer left open
 * @param twice intervals that at least two readable answers left open
 */
public record Heard(Intervals once, Intervals twice) {
  /** Nothing yet. */
  public static final Heard NOTHING = new Heard(Intervals.empty(), Intervals.empty());

  /** After an answer that could be read and left {@code left} open. */
  public Heard read(Intervals left) {
    return new Heard(once.union(left), twice.union(once.intersect(left)));
  }
}
