package dev.candles.lake.coverage;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one stream's change log, in whatever order they are read: of several rows for one
 * interval the highest {@code seq} holds. Keeps the rows that still hold somewhere and drops the
 * others as it goes, so memory follows the number of distinct pieces, not of rows.
 *
 * <p>Equal numbers come from one writer only at {@link CoverageRow#MAX_SEQ}; of rows of one number
 * the later {@code at_ms} holds.
 */
public final class CoverageLog {
  private static final int FIRST_FOLD = 1024;

  /** Strongest first. */
  private static final Comparator<Piece> STRONGEST =
      Comparator.comparingLong(Piece::seq)
          .thenComparingLong(Piece::atMs)
          .thenComparing(Piece::state)
          .reversed();

  private List<Piece> pieces = new ArrayList<>();
  private int foldAt = FIRST_FOLD;
  private long seq;
  private long lowest = Long.MAX_VALUE;
  private long firstMs = Long.MAX_VALUE;

  /** A row, or what is left of it. */
  record Piece(
      long fromMs,
      long toMs,
      long seq,
      long atMs,
      IntervalState state,
      Reason reason,
      @Nullable Evidence evidence) {
    boolean goesOnWith(Piece next) {
      return toMs == next.fromMs && seq == next.seq && atMs == next.atMs && state == next.state;
    }

    /** What a reader believes: a claim that was only repeated is still to be asked for. */
    IntervalState believed() {
      return CoverageRow.isRepeatedClaim(state, evidence) ? IntervalState.MISSING : state;
    }

    Piece within(long from, long to) {
      return new Piece(from, to, seq, atMs, state, reason, evidence);
    }
  }

  /** Takes in a row of this stream. */
  public synchronized void add(CoverageRow row) {
    seq = Math.max(seq, row.seq());
    firstMs = Math.min(firstMs, row.fromMs());
    if (row.state() == IntervalState.THROUGH || row.fromMs() == row.toMs()) {
      return; // not a state of an interval
    }
    lowest = Math.min(lowest, row.seq());
    pieces.add(
        new Piece(
            row.fromMs(),
            row.toMs(),
            row.seq(),
            row.atMs(),
            row.state(),
            row.reason(),
            row.evidence()));
    foldIfMany();
  }

  private void foldIfMany() {
    if (pieces.size() >= foldAt) {
      pieces = fold(pieces);
      foldAt = Math.max(FIRST_FOLD, 2 * pieces.size());
    }
  }

  /** Takes in all rows that another log still keeps; nobody may be writing to that one. */
  synchronized void addAll(CoverageLog other) {
    seq = Math.max(seq, other.seq);
    firstMs = Math.min(firstMs, other.firstMs);
    lowest = Math.min(lowest, other.lowest);
    pieces.addAll(other.pieces);
    foldIfMany();
  }

  /** Takes out what holds with a number below {@code seq}: disjoint pieces. */
  synchronized List<Piece> drain(long belowSeq) {
    List<Piece> low = new ArrayList<>();
    List<Piece> rest = new ArrayList<>();
    fold(pieces).forEach(piece -> (piece.seq < belowSeq ? low : rest).add(piece));
    pieces = rest;
    return low;
  }

  /** How many pieces are kept. */
  synchronized int size() {
    return pieces.size();
  }

  /**
   * Lowest sequence number of all rows that state something of an interval, {@link Long#MAX_VALUE}
   * if there are none.
   */
  public synchronized long lowest() {
    return lowest;
  }

  /** Start of the first interval that any row is about; {@link Long#MAX_VALUE} without a row. */
  synchronized long firstMs() {
    return firstMs;
  }

  /** Highest sequence number of all rows, 0 if there are none. */
  public synchronized long seq() {
    return seq;
  }

  /** The intervals of each state that has any. */
  public synchronized Map<IntervalState, Intervals> states() {
    pieces = fold(pieces);
    Map<IntervalState, Intervals.Builder> builders = new EnumMap<>(IntervalState.class);
    for (Piece piece : pieces) {
      builders
          .computeIfAbsent(piece.state, state -> new Intervals.Builder(4))
          .add(piece.fromMs, piece.toMs);
    }
    Map<IntervalState, Intervals> states = new EnumMap<>(IntervalState.class);
    builders.forEach((state, builder) -> states.put(state, builder.build()));
    return states;
  }

  /** The rows that hold: disjoint, ascending. */
  public synchronized List<CoverageRow> holding(StreamKey stream) {
    pieces = fold(pieces);
    return pieces.stream()
        .map(
            p ->
                new CoverageRow(
                    stream, p.fromMs, p.toMs, p.state, p.reason, p.evidence, p.seq, p.atMs))
        .toList();
  }

  /** Disjoint pieces, ascending: walks over the starts, the strongest open row on top. */
  private static List<Piece> fold(List<Piece> rows) {
    rows.sort(Comparator.comparingLong(Piece::fromMs));
    PriorityQueue<Piece> open = new PriorityQueue<>(STRONGEST);
    List<Piece> folded = new ArrayList<>();
    long at = Long.MIN_VALUE;
    int next = 0;
    while (next < rows.size() || !open.isEmpty()) {
      if (open.isEmpty()) {
        at = Math.max(at, rows.get(next).fromMs);
      }
      while (next < rows.size() && rows.get(next).fromMs <= at) {
        open.add(rows.get(next++));
      }
      Piece top = open.element();
      if (top.toMs <= at) {
        open.remove();
        continue;
      }
      long until = next < rows.size() ? Math.min(top.toMs, rows.get(next).fromMs) : top.toMs;
      append(folded, top.within(at, until));
      at = until;
    }
    return folded;
  }

  private static void append(List<Piece> folded, Piece piece) {
    int last = folded.size() - 1;
    if (last >= 0 && folded.get(last).goesOnWith(piece)) {
      folded.set(last, piece.within(folded.get(last).fromMs, piece.toMs));
    } else {
      folded.add(piece);
    }
  }
}
