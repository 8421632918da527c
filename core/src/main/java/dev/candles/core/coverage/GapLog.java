package dev.candles.core.coverage;

import dev.candles.core.candle.Evidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the gaps of a stream through its change log, whose rows come in the order of their
 * numbers: which are open, and which have ended.
 */
final class GapLog {
  private final long fromMs;
  private final CoveragePieces open = new CoveragePieces();
  private List<GapRecord> closed = new ArrayList<>();
  private @Nullable CoverageRow first;

  /** Neighbours of which these are equal are one gap. */
  private record Join(
      long atMs,
      @Nullable IntervalState state,
      Reason reason,
      @Nullable Evidence evidence,
      long openedAtMs) {
    static Join at(long atMs, GapRecord gap) {
      return new Join(atMs, gap.state(), gap.reason(), gap.evidence(), gap.openedAtMs());
    }
  }

  /** Where something that was noted then begins or ends. */
  private record Edge(long atMs, long openedAtMs) {}

  /**
   * @param fromMs what ends by then is left out, epoch ms, UTC
   */
  GapLog(long fromMs) {
    this.fromMs = fromMs;
  }

  /** Takes the next row. */
  void take(CoverageRow row) {
    if (row.state() == IntervalState.THROUGH) {
      return;
    }
    if (first == null) {
      first = row;
    }
    if (row.fromMs() >= row.toMs()) {
      return;
    }
    List<CoverageRow> pieces = open.cut(row.fromMs(), row.toMs());
    if (row.state() == IntervalState.MISSING) {
      open.put(told(row, first));
      return;
    }
    for (CoverageRow piece : pieces) {
      if (piece.toMs() > fromMs) {
        closed.add(ended(piece, row));
      }
    }
  }

  private static GapRecord ended(CoverageRow piece, CoverageRow by) {
    return new GapRecord(
        by.stream(),
        piece.fromMs(),
        piece.toMs(),
        by.state(),
        by.state() == IntervalState.UNRECOVERABLE ? by.reason() : piece.reason(),
        by.evidence(),
        piece.atMs(),
        by.atMs());
  }

  /** How many ended gaps are kept. */
  int closed() {
    return closed.size();
  }

  /** How many pieces of open gaps are kept. */
  int open() {
    return open.size();
  }

  /**
   * Takes out the ended gaps that nothing to come can belong to: no open one that was noted with
   * them touches them.
   *
   * @param toMs only those that end by then, epoch ms, UTC
   * @param notedBeforeMs only those that were noted before, epoch ms, UTC: whatever is still to be
   *     noted is later
   */
  List<GapRecord> drain(long toMs, long notedBeforeMs) {
    List<GapRecord> old = new ArrayList<>();
    List<GapRecord> rest = new ArrayList<>();
    for (GapRecord gap : closed) {
      (gap.toMs() <= toMs && gap.openedAtMs() < notedBeforeMs ? old : rest).add(gap);
    }
    Set<Edge> edges = new HashSet<>();
    open.all().forEach(piece -> addEdges(edges, piece.fromMs(), piece.toMs(), piece.atMs()));
    rest.forEach(gap -> addEdges(edges, gap.fromMs(), gap.toMs(), gap.openedAtMs()));
    List<GapRecord> settled = new ArrayList<>();
    for (GapRecord gap : joined(old)) {
      boolean touches =
          edges.contains(new Edge(gap.fromMs(), gap.openedAtMs()))
              || edges.contains(new Edge(gap.toMs(), gap.openedAtMs()));
      (touches ? rest : settled).add(gap);
    }
    closed = rest;
    return settled;
  }

  private static void addEdges(Set<Edge> edges, long fromMs, long toMs, long openedAtMs) {
    edges.add(new Edge(fromMs, openedAtMs));
    edges.add(new Edge(toMs, openedAtMs));
  }

  /** What is left, ascending by the first interval, when no row is to come. */
  List<GapRecord> end(StreamAccount account) {
    List<GapRecord> all = new ArrayList<>(closed);
    for (CoverageRow piece : open.all()) {
      Intervals range = Intervals.of(piece.fromMs(), piece.toMs());
      for (IntervalState state : List.of(IntervalState.MISSING, IntervalState.FINAL)) {
        add(all, range.intersect(account.in(state)), state, piece);
      }
    }
    Intervals unknown = account.unknown();
    for (int i = 0; i < unknown.count(); i++) {
      all.add(
          new GapRecord(
              account.stream(), unknown.from(i), unknown.to(i), null, Reason.NONE, null, 0, 0));
    }
    all.removeIf(gap -> gap.toMs() <= account.fromMs() || gap.fromMs() >= account.toMs());
    return joined(all);
  }

  private static void add(
      List<GapRecord> into, Intervals intervals, IntervalState state, CoverageRow row) {
    for (int i = 0; i < intervals.count(); i++) {
      into.add(
          new GapRecord(
              row.stream(),
              intervals.from(i),
              intervals.to(i),
              state,
              row.reason(),
              null,
              row.atMs(),
              0));
    }
  }

  /** Neighbours that were noted together and ended alike are one gap, which ended with its last. */
  private static List<GapRecord> joined(List<GapRecord> gaps) {
    gaps.sort(GapRecord.ORDER);
    List<GapRecord> joined = new ArrayList<>();
    Map<Join, Integer> ends = new HashMap<>();
    for (GapRecord gap : gaps) {
      Integer before = ends.remove(Join.at(gap.fromMs(), gap));
      int at = before == null ? joined.size() : before;
      if (before == null) {
        joined.add(gap);
      } else {
        joined.set(at, joined.get(at).with(gap));
      }
      ends.put(Join.at(gap.toMs(), gap), at);
    }
    return joined;
  }

  /**
   * The row as people are told of it: history that is noted later than a stream's first, and lies
   * after where that begins, is the time the collector was away.
   *
   * @param first the first row of the stream
   */
  static CoverageRow told(CoverageRow row, CoverageRow first) {
    boolean away =
        row.reason() == Reason.HISTORY
            && row.atMs() != first.atMs()
            && row.fromMs() > first.fromMs();
    return away ? row.because(Reason.AWAY) : row;
  }
}
