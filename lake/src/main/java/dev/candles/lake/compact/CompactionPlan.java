package dev.candles.lake.compact;

import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.view.CoverageDays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a compaction has to do.
 *
 * @param tasks partitions with something to merge or to seal
 * @param unchanged partitions with nothing to do
 * @param open partitions that are not closed: the day is not over, or a gap of it is being retried
 * @param refused partitions of which it cannot be said, with the reason
 * @param foreign folders among the partitions that are none
 */
public record CompactionPlan(
    List<CompactionTask> tasks,
    int unchanged,
    List<Partition> open,
    List<Outcome> refused,
    List<Path> foreign) {

  /** Which days are compacted. */
  public enum Days {
    /** Those that are over and of which no gap is being retried. */
    CLOSED,
    /** Also those that are not: their committed files are immutable. */
    ALL
  }

  /**
   * Looks at the lake; changes nothing. Whatever is wrong with one partition, the others are
   * planned.
   *
   * @param nowMs market time, epoch ms, UTC
   * @throws IOException if the lake cannot be listed, or its coverage read
   */
  public static CompactionPlan of(
      LakeLayout layout, Predicate<Partition> wanted, Days days, long nowMs) throws IOException {
    LakeLayout.Listing listing = layout.partitions(Folder.CANDLES);
    List<Partition> selected = listing.partitions().stream().filter(wanted).toList();
    CoverageDays coverage = CoverageDays.read(layout, selected);
    Compactor compactor = new Compactor(layout);
    List<CompactionTask> tasks = new ArrayList<>();
    List<Partition> open = new ArrayList<>();
    List<Outcome> refused = new ArrayList<>();
    for (Partition partition : selected) {
      try {
        DayKnowledge known = coverage.of(partition, nowMs);
        if (days == Days.CLOSED && !known.closed(partition)) {
          open.add(partition);
        } else if (!compactor.isDone(partition, known)) {
          tasks.add(CompactionTask.of(partition, known));
        }
      } catch (IOException e) {
        refused.add(Outcome.refused(partition, e));
      }
    }
    int unchanged = selected.size() - tasks.size() - open.size() - refused.size();
    return new CompactionPlan(tasks, unchanged, open, refused, listing.foreign());
  }
}
