package dev.candles.core.coverage;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * One row of the coverage change log: the intervals {@code [fromMs, toMs)} of a stream are in a
 * state from now on. Of several rows for one interval the highest {@code seq} holds, of those the
 * latest {@code atMs}; a candle in the lake beats every row.
 *
 * @param fromMs epoch ms, UTC, inclusive
 * @param toMs epoch ms, UTC, exclusive
 * @param evidence why, where there is a proof
 * @param seq counts up per stream, over restarts too, to {@link #MAX_SEQ}
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

  /** A row each nanosecond reaches this after a hundred days: whoever counts so far was lied to. */
  public static final long MAX_SEQ = 1L << 53;

  /**
   * The number of the next row after one with {@code seq}. It stays readable whatever number a lake
   * holds: after the highest one, which no collector reaches, rows share it and go by their time.
   */
  public static long seqAfter(long seq) {
    return Math.min(seq, MAX_SEQ - 1) + 1;
  }

  /**
   * Whether it says empty because the venue said nothing twice. Two equal answers repeat a claim,
   * they do not make one: what is proven by nothing else is not known.
   */
  public boolean isRepeatedClaim() {
    return isRepeatedClaim(state, evidence);
  }

  /** The same of a row of this state and evidence. */
  public static boolean isRepeatedClaim(IntervalState state, @Nullable Evidence evidence) {
    return state == IntervalState.VERIFIED_EMPTY && evidence == Evidence.REST_TWICE;
  }

  /** The same row with another evidence. */
  public CoverageRow provenBy(Evidence other) {
    return new CoverageRow(stream, fromMs, toMs, state, reason, other, seq, atMs);
  }

  /** The same row with another reason. */
  CoverageRow because(Reason other) {
    return new CoverageRow(stream, fromMs, toMs, state, other, evidence, seq, atMs);
  }

  /** The same row about other intervals. */
  public CoverageRow over(long otherFromMs, long otherToMs) {
    return new CoverageRow(stream, otherFromMs, otherToMs, state, reason, evidence, seq, atMs);
  }
}
