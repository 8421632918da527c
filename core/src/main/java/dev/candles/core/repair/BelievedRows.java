package dev.candles.core.repair;

import dev.candles.core.proof.AnswerAge;

/** Which candles of one answer are believed, and which were too young when it was made. */
record BelievedRows(Proof.Rows rows, long wholeToMs) {
  /** A row that opens later than this after the venue's time says nothing about an answer's age. */
  private static final long MOST_AHEAD_MS = 5_000;

  /**
   * The rows of an answer; those that had not settled when it was made are not believed.
   *
   * @param nowMs the venue's time, epoch ms
   */
  static BelievedRows of(
      RepairVenue venue, RepairAnswer answer, RestAnswer said, long stepMs, long nowMs) {
    long auditMs = venue.profile().auditMs();
    long newestMs =
        said.newestMs() == Long.MAX_VALUE
            ? Long.MAX_VALUE
            : Math.min(said.newestMs(), nowMs + MOST_AHEAD_MS);
    Proof.Rows rows =
        new Proof.Rows(said.candles(), said.silent(), said.forming())
            .settled(venue.settledToMs(answer.asOfMs(), newestMs), stepMs);
    long shownMs = AnswerAge.settledToMs(answer.asOfMs(), newestMs, auditMs);
    return new BelievedRows(rows, Math.min(nowMs - auditMs, shownMs));
  }
}
