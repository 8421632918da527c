package dev.candles.core.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells the story of every gap of a stream from its change log: when it was noted, and how it
 * ended. Pure; the order of the rows does not matter.
 */
public final class GapHistory {
  private final StreamAccount account;
  private final TreeMap<Long, Piece> open = new TreeMap<>();
  private final List<GapRecord> closed = new ArrayList<>();

  private record Piece(long fromMs, long toMs, CoverageRow row) {}

  private GapHistory(StreamAccount account) {
    this.account = account;
  }

  /**
   * All gaps, ascending by their first interval.
   *
   * @param changes the rows of the stream's change log, in any order
   */
  public static List<GapRecord> of(StreamAccount account, Collection<CoverageRow> changes) {
    GapHistory history = new GapHistory(account);
    changes.stream()
        .filter(row -> row.state() != IntervalState.THROUGH && row.fromMs() < row.toMs())
        .sorted(Comparator.comparingLong(CoverageRow::seq).thenComparingLong(CoverageRow::atMs))
        .forEach(history::take);
    return named(history.end(), first(changes));
  }

  /** History that is noted later than a stream's first, and lies after where it begins. */
  private static List<GapRecord> named(List<GapRecord> gaps, Optional<CoverageRow> first) {
    return gaps.stream()
        .map(
            gap ->
                first.filter(row -> away(gap, row)).isEmpty() ? gap : gap.withReason(Reason.AWAY))
        .toList();
  }

  private static boolean away(GapRecord gap, CoverageRow first) {
    return gap.reason() == Reason.HISTORY
        && gap.openedAtMs() != first.atMs()
        && gap.fromMs() > first.fromMs();
  }

  /**
   * The gaps that are or were something wrong: without the history that a new stream begins with,
   * as far as it is filled; of a larger stream that is its base's.
   *
   * @param gaps what {@link #of} gave for {@code changes}
   * @param base the change log of the base stream; the same one if it is of the base stream
   */
  public static List<GapRecord> withoutBeginning(
      List<GapRecord> gaps, Collection<CoverageRow> changes, Collection<CoverageRow> base) {
    Optional<CoverageRow> first =
        first(base).filter(row -> row.reason() == Reason.HISTORY).flatMap(row -> first(changes));
    return gaps.stream()
        .filter(
            gap ->
                !gap.filled()
                    || first.isEmpty()
                    || gap.reason() != first.get().reason()
                    || gap.openedAtMs() != first.get().atMs())
        .toList();
  }

  private static Optional<CoverageRow> first(Collection<CoverageRow> changes) {
    return changes.stream()
        .filter(row -> row.state() != IntervalState.THROUGH)
        .min(Comparator.comparingLong(CoverageRow::seq));
  }

  private void take(CoverageRow row) {
    for (Piece piece : cut(row.fromMs(), row.toMs())) {
      if (row.state() != IntervalState.MISSING) {
        closed.add(
            new GapRecord(
                row.stream(),
                piece.fromMs,
                piece.toMs,
                row.state(),
                row.state() == IntervalState.UNRECOVERABLE ? row.reason() : piece.row.reason(),
                row.evidence(),
                piece.row.atMs(),
                row.atMs()));
      }
    }
    if (row.state() == IntervalState.MISSING) {
      open.put(row.fromMs(), new Piece(row.fromMs(), row.toMs(), row));
    }
  }

  /** Takes what lies within a range out of the open pieces. */
  private List<Piece> cut(long fromMs, long toMs) {
    List<Piece> inside = new ArrayList<>();
    Map.Entry<Long, Piece> before = open.lowerEntry(fromMs);
    if (before != null && before.getValue().toMs > fromMs) {
      split(before.getValue(), fromMs);
    }
    Map.Entry<Long, Piece> last = open.lowerEntry(toMs);
    if (last != null && last.getValue().toMs > toMs) {
      split(last.getValue(), toMs);
    }
    Map<Long, Piece> range = open.subMap(fromMs, toMs);
    inside.addAll(range.values());
    range.clear();
    return inside;
  }

  private void split(Piece piece, long atMs) {
    open.put(piece.fromMs, new Piece(piece.fromMs, atMs, piece.row));
    open.put(atMs, new Piece(atMs, piece.toMs, piece.row));
  }

  private List<GapRecord> end() {
    List<GapRecord> all = new ArrayList<>(closed);
    for (Piece piece : open.values()) {
      Intervals still =
          Intervals.of(piece.fromMs, piece.toMs).intersect(account.in(IntervalState.MISSING));
      Intervals filled =
          Intervals.of(piece.fromMs, piece.toMs).intersect(account.in(IntervalState.FINAL));
      add(all, still, IntervalState.MISSING, piece.row);
      add(all, filled, IntervalState.FINAL, piece.row);
    }
    Intervals unknown = account.unknown();
    for (int i = 0; i < unknown.count(); i++) {
      all.add(
          new GapRecord(
              account.stream(), unknown.from(i), unknown.to(i), null, Reason.NONE, null, 0, 0));
    }
    all.removeIf(gap -> gap.toMs() <= account.fromMs() || gap.fromMs() >= account.toMs());
    all.sort(Comparator.comparingLong(GapRecord::fromMs).thenComparingLong(GapRecord::openedAtMs));
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
    List<GapRecord> joined = new ArrayList<>();
    @Nullable GapRecord last = null;
    for (GapRecord gap : gaps) {
      if (last != null && oneGap(last, gap)) {
        last =
            new GapRecord(
                last.stream(),
                last.fromMs(),
                gap.toMs(),
                last.state(),
                last.reason(),
                last.evidence(),
                last.openedAtMs(),
                Math.max(last.closedAtMs(), gap.closedAtMs()));
        joined.set(joined.size() - 1, last);
      } else {
        last = gap;
        joined.add(gap);
      }
    }
    return joined;
  }

  private static boolean oneGap(GapRecord one, GapRecord next) {
    return one.toMs() == next.fromMs()
        && one.state() == next.state()
        && one.reason() == next.reason()
        && Objects.equals(one.evidence(), next.evidence())
        && one.openedAtMs() == next.openedAtMs();
  }
}
