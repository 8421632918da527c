package dev.candles.lake.coverage;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.List;

/**
 * The states of one stream's intervals, told by its change log day by day: the highest {@code seq}
 * holds. Rows that no later row can be older than are settled: they become {@link StateBits}, so
 * memory follows the days of the stream and not its rows.
 *
 * <p>An emptiness that the venue was only heard to repeat ({@link CoverageRow#isRepeatedClaim}) is
 * missing here: so it is asked for again, however old it is.
 *
 * <p>The writer counts up over its whole life, so days come in the order of their numbers, unless
 * its clock was set back. Which rows can be settled is therefore the caller's to say; {@link
 * #isDisordered} tells whether that was wrong.
 */
public final class CoverageStates {
  private final StateBits settled;
  private final CoverageLog open = new CoverageLog();
  private Intervals unlisted = Intervals.empty();
  private long settledSeq = Long.MIN_VALUE;
  private long seq;
  private long firstMs = Long.MAX_VALUE;
  private boolean disordered;

  /** Of a stream of this timeframe of which nothing is known yet. */
  public CoverageStates(Timeframe timeframe) {
    this.settled = new StateBits(timeframe);
  }

  /** Takes in the rows of one more day. */
  public void take(CoverageLog day) {
    disordered |= day.lowest() <= settledSeq;
    seq = Math.max(seq, day.seq());
    firstMs = Math.min(firstMs, day.firstMs());
    open.addAll(day);
  }

  /**
   * Folds the rows with a number below {@code seq}: no row that is still to come has such a one.
   */
  public void settle(long belowSeq) {
    List<CoverageLog.Piece> old = open.drain(belowSeq);
    for (CoverageLog.Piece piece : old) {
      settled.set(piece.fromMs(), piece.toMs(), piece.believed());
      settleListing(piece);
      settledSeq = Math.max(settledSeq, piece.seq());
    }
  }

  private void settleListing(CoverageLog.Piece piece) {
    boolean before = piece.reason() == Reason.BEFORE_LISTING;
    if (before || !unlisted.isEmpty()) {
      Intervals range = Intervals.of(piece.fromMs(), piece.toMs());
      unlisted = before ? unlisted.union(range) : unlisted.minus(range);
    }
  }

  /**
   * The intervals that are given up (UNRECOVERABLE), but not as before a listing; to be asked when
   * all rows are settled.
   */
  public Intervals lost() {
    return settled.in(IntervalState.UNRECOVERABLE, Long.MIN_VALUE, Long.MAX_VALUE).minus(unlisted);
  }

  /**
   * Where what is given up as before a listing ends, epoch ms, UTC; 0 if nothing is. To be asked
   * when all rows are settled.
   */
  public long listedMs() {
    return unlisted.isEmpty() ? 0 : unlisted.to(unlisted.count() - 1);
  }

  /** Whether a row came that was settled too late to be judged, so the states may be wrong. */
  public boolean isDisordered() {
    return disordered;
  }

  /** Highest sequence number of all rows, 0 if there are none. */
  public long seq() {
    return seq;
  }

  /**
   * Start of the first interval that any row is about, epoch ms, UTC; {@link Long#MAX_VALUE}
   * without a row.
   */
  public long firstMs() {
    return firstMs;
  }

  /**
   * The intervals in a state; none for FINAL, which is the candle's to say. To be asked when all
   * rows are settled.
   *
   * @param fromMs start, epoch ms, UTC
   * @param toMs end, exclusive
   */
  public Intervals in(IntervalState state, long fromMs, long toMs) {
    return settled.in(state, fromMs, toMs);
  }

  /** How many rows, days and ranges are kept: what memory follows. */
  int size() {
    return open.size() + settled.size() + unlisted.count();
  }
}
