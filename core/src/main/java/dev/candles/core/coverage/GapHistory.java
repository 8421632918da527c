package dev.candles.core.coverage;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells the story of every gap of a stream from its change log: when it was noted, and how it
 * ended. Pure; the order of the rows does not matter. Keeps every gap; {@link GapFold} does not.
 */
public final class GapHistory {
  private GapHistory() {}

  /**
   * All gaps, ascending by their first interval.
   *
   * @param changes the rows of the stream's change log, in any order
   */
  public static List<GapRecord> of(StreamAccount account, Collection<CoverageRow> changes) {
    GapLog log = new GapLog(account.fromMs());
    changes.stream()
        .sorted(Comparator.comparingLong(CoverageRow::seq).thenComparingLong(CoverageRow::atMs))
        .forEach(log::take);
    return log.end(account);
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

  /**
   * The rows as people are told of them, in their order: where the collector was away, {@link
   * Reason#AWAY} in place of the reason that is written.
   *
   * @param changes all rows of the stream's change log, in any order
   */
  public static List<CoverageRow> told(Collection<CoverageRow> changes) {
    Optional<CoverageRow> first = first(changes);
    return changes.stream()
        .map(row -> first.map(begin -> GapLog.told(row, begin)).orElse(row))
        .toList();
  }

  private static Optional<CoverageRow> first(Collection<CoverageRow> changes) {
    return changes.stream()
        .filter(row -> row.state() != IntervalState.THROUGH)
        .min(Comparator.comparingLong(CoverageRow::seq));
  }
}
