package dev.candles.lake.manifest;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds in every manifest. */
final class Rules {
  private Rules() {}

  static void check(
      Partition partition,
      Intervals expected,
      Intervals present,
      Intervals empty,
      Intervals unrecoverable,
      List<SealedFile> files) {
    if (expected.count() > 1) {
      throw new IllegalArgumentException("expected intervals are not one range: " + expected);
    }
    within("expected", expected, partition, Intervals.of(partition.fromMs(), partition.toMs()));
    within("present", present, partition, expected);
    within("empty", empty, partition, expected.minus(present));
    within("unrecoverable", unrecoverable, partition, expected.minus(present).minus(empty));
    long held = present.length() / partition.stream().timeframe().millis();
    long rows = files.stream().mapToLong(SealedFile::rows).sum();
    if (rows != held) {
      throw new IllegalArgumentException(
          "rows and present intervals differ: rows=" + rows + ", present=" + held);
    }
  }

  private static void within(String name, Intervals set, Partition partition, Intervals outer) {
    for (long bound : set.toArray()) {
      if (!partition.stream().timeframe().aligned(bound)) {
        throw new IllegalArgumentException(name + " is not of whole intervals: " + bound);
      }
    }
    if (!set.minus(outer).isEmpty()) {
      throw new IllegalArgumentException(
          name + " reaches beyond what it may: " + set.minus(outer) + ", " + partition.id());
    }
  }

  static void distinct(String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(what + " is named twice: " + name);
      }
    }
  }
}
