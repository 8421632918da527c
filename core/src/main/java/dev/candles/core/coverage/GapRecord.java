package dev.candles.core.coverage;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A hole in a stream, from its discovery to its end.
 *
 * @param fromMs epoch ms, UTC, inclusive
 * @param toMs epoch ms, UTC, exclusive
 * @param state what became of it, null if nobody has accounted for it
 * @param reason why it is or was missing
 * @param evidence the proof that closed it, where there is one
 * @param openedAtMs market time at which it was noted, 0 if it never was
 * @param closedAtMs market time at which it ended, 0 if it is open or the log does not say
 */
public record GapRecord(
    StreamKey stream,
    long fromMs,
    long toMs,
    @Nullable IntervalState state,
    Reason reason,
    @Nullable Evidence evidence,
    long openedAtMs,
    long closedAtMs) {
  /** By the first interval; of those that begin together the one that was noted first. */
  static final Comparator<GapRecord> ORDER =
      Comparator.comparingLong(GapRecord::fromMs).thenComparingLong(GapRecord::openedAtMs);

  /** The same with the intervals of one that follows on it; it ends with the later of the two. */
  GapRecord with(GapRecord next) {
    long endedAtMs = Math.max(closedAtMs, next.closedAtMs);
    return new GapRecord(stream, fromMs, next.toMs, state, reason, evidence, openedAtMs, endedAtMs);
  }

  /** Whether its intervals still have neither a candle nor a proof, nor are given up. */
  public boolean open() {
    return state == null || state == IntervalState.MISSING;
  }

  /** Whether its intervals have their candles, or are proven empty, by now. */
  public boolean filled() {
    return state == IntervalState.FINAL || state == IntervalState.VERIFIED_EMPTY;
  }

  /** Number of intervals. */
  public long intervals() {
    return (toMs - fromMs) / stream.timeframe().millis();
  }
}
