package dev.candles.core.feed;

import dev.candles.core.coverage.Intervals;

/** What an announcement tells of a stream that the lake holds, or has forgotten. */
public interface LakeKnowledge {
  /** From when on it tells, epoch ms, UTC. */
  long fromMs();

  /** Up to when, exclusive, epoch ms, UTC. */
  long toMs();

  /** Intervals between that have no state. */
  Intervals unknown();

  /** Intervals that were given up, also before. */
  Intervals lost();

  /** Those of them that lie within what it tells of. */
  default Intervals lostWithin() {
    return lost().intersect(Intervals.of(fromMs(), toMs()));
  }

  /**
   * Whether what was remembered up to an end is of a lake that has forgotten the stream: it knows
   * nothing of it, and its history begins later. A scan reaches back to the newest candle, so none
   * lies before {@link #fromMs} either.
   *
   * @param endMs end of what was remembered, epoch ms, UTC
   */
  default boolean isForgotten(long endMs) {
    return endMs <= fromMs()
        && lost().isEmpty()
        && unknown().equals(Intervals.of(fromMs(), toMs()));
  }
}
