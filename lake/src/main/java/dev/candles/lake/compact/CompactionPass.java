package dev.candles.lake.compact;

import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.view.CoverageDays;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One walk over the lake in the background: closed days are compacted; a day that is not closed
 * only if it has many files, so that it does not wait for midnight with a thousand. It rests as
 * long as it worked. Without room on the disk only what is half done is finished.
 */
public final class CompactionPass {
  /** An open day with fewer files is left for later: merging rewrites the whole day. */
  static final int MANY_FILES = 16;

  private static final Logger LOG = LoggerFactory.getLogger(CompactionPass.class);

  private final LakeLayout layout;
  private final Compactor compactor;
  private final CountDownLatch stop;
  private final LongSupplier nanos;
  private final BooleanSupplier room;

  /**
   * @param room whether the disk has room to begin a merge; asked before each
   * @param stop ends the walk after the partition in hand
   * @param nanos real nanoseconds, of whatever origin, that never go back
   */
  public CompactionPass(
      LakeLayout layout, BooleanSupplier room, CountDownLatch stop, LongSupplier nanos) {
    this.room = room;
    this.layout = layout;
    this.compactor = new Compactor(layout);
    this.stop = stop;
    this.nanos = nanos;
  }

  /**
   * Compacts what needs it.
   *
   * @param fromMs days that end at or before this are not looked at; epoch ms, UTC
   * @param nowMs market time, epoch ms, UTC
   * @return how many partitions were compacted
   * @throws IOException if the lake cannot be listed, or its coverage read
   */
  public int run(long fromMs, long nowMs) throws IOException, InterruptedException {
    LakeLayout.Recent recent = layout.recent(Folder.CANDLES, fromMs);
    List<Partition> partitions = recent.partitions();
    CoverageDays coverage = CoverageDays.read(layout, partitions, recent.oldest());
    long files = 0;
    int compacted = 0;
    int refused = 0;
    for (Partition partition : partitions) {
      long startedNs = nanos.getAsLong();
      Optional<Outcome> outcome = compact(partition, coverage, nowMs);
      if (outcome.isPresent()) {
        Outcome its = outcome.get();
        compacted += its.kind() == Outcome.Kind.COMPACTED ? 1 : 0;
        refused += its.kind() == Outcome.Kind.REFUSED ? 1 : 0;
        files += its.files() - its.filesAfter();
        if (stop.await(nanos.getAsLong() - startedNs, TimeUnit.NANOSECONDS)) {
          break;
        }
      }
    }
    int coverageFiles = room.getAsBoolean() ? new CoverageMerge(layout).mergeClosed(nowMs) : 0;
    LOG.info(
        "event=compaction_done looked_at={} compacted={} refused={} files_fewer={}"
            + " coverage_files_fewer={}",
        partitions.size(),
        compacted,
        refused,
        files,
        coverageFiles);
    return compacted;
  }

  /** Empty if there is nothing to do. Whatever is wrong with one, the others are looked at. */
  private Optional<Outcome> compact(Partition partition, CoverageDays coverage, long nowMs) {
    try {
      DayKnowledge known = coverage.of(partition, nowMs);
      return wanted(partition, known)
          ? Optional.of(compactor.compact(partition, known))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(Outcome.refused(partition, e));
    }
  }

  private boolean wanted(Partition partition, DayKnowledge known) throws IOException {
    return compactor.isHalfDone(partition)
        || (room.getAsBoolean()
            && !compactor.isDone(partition, known)
            && (known.closed(partition)
                || DataFiles.in(layout.partition(Folder.CANDLES, partition)).size() >= MANY_FILES));
  }
}
