package dev.candles.lake.manifest;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import dev.candles.text.OneLine;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    BigInteger rows =
        files.stream()
            .map(file -> BigInteger.valueOf(file.rows()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    if (!rows.equals(BigInteger.valueOf(held))) {
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

  /** It is hashed as a line of text, and people read it; whether it is a path here is not asked. */
  static void place(@Nullable String archivedTo) {
    if (archivedTo != null
        && (archivedTo.isBlank() || archivedTo.codePoints().anyMatch(Rules::isNoText))) {
      throw new IllegalArgumentException("not a place of an archive: " + OneLine.of(archivedTo));
    }
  }

  private static boolean isNoText(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
  }
}
