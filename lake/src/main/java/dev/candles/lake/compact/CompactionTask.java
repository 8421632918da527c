package dev.candles.lake.compact;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Partition;
import java.io.Serializable;

/**
 * One partition to compact, and what coverage says of it. Flat, because it travels to the task
 * managers; ranges as {@link Intervals#toArray} gives them.
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares tasks
public record CompactionTask(
    String partition,
    long[] empty,
    long[] unrecoverable,
    long[] missing,
    long sinceMs,
    long nowMs,
    boolean told)
    implements Serializable {

  static CompactionTask of(Partition partition, DayKnowledge known) {
    return new CompactionTask(
        partition.id(),
        known.empty().toArray(),
        known.unrecoverable().toArray(),
        known.missing().toArray(),
        known.sinceMs(),
        known.nowMs(),
        known.told());
  }

  public Partition toPartition() {
    return Partition.parse(partition).orElseThrow();
  }

  public DayKnowledge knowledge() {
    return new DayKnowledge(
        Intervals.fromArray(empty),
        Intervals.fromArray(unrecoverable),
        Intervals.fromArray(missing),
        sinceMs,
        nowMs,
        told);
  }
}
