package dev.candles.core.watch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How short of space the lake's disk is, and what is not done any more then; each level includes
 * those before it. What goes first is what can be made again.
 */
public enum DiskLevel {
  /** Everything is done. */
  ROOMY(0, 0),
  /** Everything is done still, and people are told. */
  SHORT(1, 50),
  /** No daily checks: they can be made up for. */
  NO_REPORTS(2, 30),
  /** No compaction: it writes before it deletes. */
  NO_COMPACTION(3, 20),
  /** What is not believed is not kept any more, only counted. */
  NO_REJECTS(4, 15),
  /** No checkpoints: what is collected stays in memory. */
  NO_CHECKPOINTS(5, 10);

  private final int number;
  private final int tenths;

  DiskLevel(int number, int tenths) {
    this.number = number;
    this.tenths = tenths;
  }

  /** Free bytes below which it is entered. */
  long bound(long reserveBytes) {
    return reserveBytes / 10 * tenths;
  }

  /** Whether what that level stops is stopped. */
  public boolean stops(DiskLevel what) {
    return compareTo(what) >= 0;
  }

  /** As metrics show it: 0 is roomy, more is worse. */
  public int number() {
    return number;
  }

  /** The level of a {@link #number}; empty if there is none, as for -1. */
  public static Optional<DiskLevel> of(long number) {
    return Arrays.stream(values()).filter(level -> level.number == number).findFirst();
  }

  /** What is not done, in the order in which it stopped. */
  public List<String> leftOut() {
    return Arrays.stream(values())
        .filter(level -> level.compareTo(SHORT) > 0 && stops(level))
        .map(DiskLevel::stopped)
        .toList();
  }

  /** What it stops itself, in one word, like {@code compaction}; {@code nothing} for none. */
  public String stopped() {
    return this == ROOMY || this == SHORT
        ? "nothing"
        : name().substring(3).toLowerCase(Locale.ROOT);
  }
}
