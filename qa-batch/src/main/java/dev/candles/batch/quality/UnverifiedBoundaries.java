package dev.candles.batch.quality;

import dev.candles.batch.quality.check.ConditionalFinding;
import dev.candles.batch.quality.check.Finding;
import dev.candles.lake.layout.Partition;
import java.util.HashSet;
import java.util.Set;

/**
 * The days of whose borders one is not proven. Neither of its two days may pass check 9: two sealed
 * days are believed without a look at what lies between them. And what a border explains that looks
 * broken within a day.
 */
final class UnverifiedBoundaries {
  private final Set<String> doubtful = new HashSet<>();
  private final Set<String> unseen = new HashSet<>();
  private final Set<Finding> explained = new HashSet<>();

  /** Ids are missing or go back between two days. */
  void doubtful(Partition before, Partition after) {
    doubtful.add(before.id());
    doubtful.add(after.id());
  }

  /** Beside a day that has not all of its rows here, and was not sealed beside them. */
  void unseen(Partition day) {
    unseen.add(day.id());
  }

  /** What looks broken in one day is not, beside the other. */
  void explained(ConditionalFinding doubt) {
    explained.add(doubt.finding());
  }

  /** Whether no border explains what looks broken in a day. */
  boolean isOpen(ConditionalFinding doubt) {
    return !explained.contains(doubt.finding());
  }

  /** Whether a day that was read may not be sealed as passed. */
  boolean deniesSeal(Partition day) {
    return doubtful.contains(day.id()) || unseen.contains(day.id());
  }

  /**
   * Whether a day that is sealed may not stay so. One beside a day that cannot be read may: it was
   * sealed beside what that one held, and what it holds next is looked at.
   */
  boolean breaksSeal(Partition day) {
    return doubtful.contains(day.id());
  }
}
