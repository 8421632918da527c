package dev.candles.lake.coverage;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoveragePieces;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapFold;
import dev.candles.core.coverage.HoldingRows;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that the change log says of one stream, as {@link StreamCoverage} tells it, and its gaps; but
 * its rows come in the order of their numbers and are folded as they come. So memory follows days
 * and what is missing or given up, and not the rows of what is settled. Of a row that says that
 * intervals are empty, number and time are forgotten: they are told as 0.
 */
public final class FoldedCoverage {
  private static final long LONG_MS = Timeframe.D1.millis();

  private final StreamKey stream;
  private final Reach reach;
  private final SilentSlots silent;

  /** What is missing or given up, and what is silent for more than a day. */
  private final CoveragePieces pieces = new CoveragePieces();

  private final GapFold gaps;
  private long seq = Long.MIN_VALUE;
  private boolean disordered;

  /**
   * Of a stream of which nothing is known yet.
   *
   * @param gaps what follows its gaps
   */
  public FoldedCoverage(StreamKey stream, GapFold gaps) {
    this.stream = stream;
    this.reach = new Reach(stream);
    this.silent = new SilentSlots(stream.timeframe());
    this.gaps = gaps;
  }

  /** Learns from a row, in any order, how far the log reaches. */
  public void reach(CoverageRow row) {
    reach.add(row);
  }

  /** Takes in the row with the next number. */
  public void take(CoverageRow row) {
    disordered |= row.seq() < seq;
    seq = Math.max(seq, row.seq());
    gaps.take(row);
    if (row.state() == IntervalState.THROUGH || row.fromMs() == row.toMs()) {
      return; // not a state of an interval
    }
    pieces.cut(row.fromMs(), row.toMs());
    boolean isShort = row.toMs() - row.fromMs() <= LONG_MS && row.toMs() - row.fromMs() > 0;
    if (row.state() == IntervalState.VERIFIED_EMPTY && isShort) {
      silent.set(row.fromMs(), row.toMs(), row.evidence());
      return;
    }
    silent.clear(row.fromMs(), row.toMs());
    if (row.state() != IntervalState.FINAL) { // which is the candle's to say
      pieces.put(row);
    }
  }

  /** Whether a row came that was not the next, so that nothing here may be believed. */
  public boolean isDisordered() {
    return disordered;
  }

  /** See {@link StreamCoverage#overMs}. */
  public long overMs() {
    return reach.overMs();
  }

  /** See {@link StreamCoverage#repeatedClaims}. */
  public Intervals repeatedClaims() {
    return rows().repeatedClaims();
  }

  /** See {@link StreamCoverage#account}; to be asked when all rows are in. */
  public StreamAccount account(Intervals finals, Intervals proven, long fromMs, long toMs) {
    return reach.account(finals, rows().believing(proven), fromMs, toMs);
  }

  /** What followed its gaps. */
  public GapFold gaps() {
    return gaps;
  }

  private HoldingRows rows() {
    return (fromMs, toMs, action) -> {
      Merging merging = new Merging(pieces.within(fromMs, toMs).iterator(), action);
      silent.forEach(fromMs, toMs, merging);
      merging.restBefore(Long.MAX_VALUE);
    };
  }

  /** Tells pieces and silence in their order: they are disjoint. */
  private final class Merging implements SilentSlots.Visitor {
    private final Iterator<CoverageRow> rest;
    private final Consumer<CoverageRow> action;
    private @Nullable CoverageRow next;

    Merging(Iterator<CoverageRow> rest, Consumer<CoverageRow> action) {
      this.rest = rest;
      this.action = action;
      this.next = rest.hasNext() ? rest.next() : null;
    }

    @Override
    public void silent(long fromMs, long toMs, @Nullable Evidence evidence) {
      restBefore(fromMs);
      IntervalState state = IntervalState.VERIFIED_EMPTY;
      action.accept(new CoverageRow(stream, fromMs, toMs, state, Reason.NONE, evidence, 0, 0));
    }

    void restBefore(long beforeMs) {
      CoverageRow piece = next;
      while (piece != null && piece.fromMs() < beforeMs) {
        action.accept(piece);
        piece = rest.hasNext() ? rest.next() : null;
      }
      next = piece;
    }
  }

  /** How many pieces and days are kept of its states: what memory follows. */
  int size() {
    return pieces.size() + silent.size();
  }
}
