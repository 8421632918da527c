package dev.candles.core.coverage;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * One row of the coverage change log: the intervals {@code [fromMs, toMs)} of a stream are in a
 * state from now on. Of several rows for one interval the highest {@code seq} holds; a candle in
 * the lake beats every row.
 *
 * @param fromMs epoch ms, UTC, inclusive
 * @param toMs epoch ms, UTC, exclusive
 * @param evidence why, where there is a proof
 * @param seq counts up per stream, over restarts too
 * @param atMs market time at which the state changed, epoch ms, UTC
 */
public record CoverageRow(
    StreamKey stream,
    long fromMs,
    long toMs,
    IntervalState state,
    Reason reason,
    @Nullable Evidence evidence,
    long seq,
    long atMs) {

  /** The same row about other intervals. */
  public CoverageRow over(long otherFromMs, long otherToMs) {
    return new CoverageRow(stream, otherFromMs, otherToMs, state, reason, evidence, seq, atMs);
  }
}
