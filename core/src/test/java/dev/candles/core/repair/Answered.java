package dev.candles.core.repair;

import dev.candles.core.coverage.Intervals;

/**
 * What an answer means for a gap of a venue that keeps all it has, when nothing was heard before
 * and all that was asked may have settled.
 */
public final class Answered {
  private Answered() {}

  /** Of an answer that reaches all that was asked. */
  public static GapRepair.Outcome by(GapState gap, GapState.Page page, Proof proof, long nowMs) {
    return by(gap, page, Intervals.empty(), proof, nowMs);
  }

  /** Of one that does not reach {@code beyond}. */
  static GapRepair.Outcome by(
      GapState gap, GapState.Page page, Intervals beyond, Proof proof, long nowMs) {
    return GapRepair.answered(
        gap, page, beyond, proof, AnswerHistory.NOTHING, KeptHistory.ALL, Long.MAX_VALUE, nowMs);
  }
}
