package dev.candles.core.watch;

import java.util.Locale;

/**
 * How short of space the lake's disk is, and what is not done any more then; each level includes
 * those before it. What goes first is what can be made again.
 */
public enum DiskLevel {
  /** Everything is done. */
  ROOMY(0),
  /** Everything is done still, and people are told. */
  SHORT(50),
  /** No daily checks: they can be made up for. */
  NO_REPORTS(30),
  /** No compaction: it writes before it deletes. */
  NO_COMPACTION(20),
  /** What is not believed is not kept any more, only counted. */
  NO_REJECTS(15),
  /** No checkpoints: what is collected stays in memory. */
  NO_CHECKPOINTS(10);

  private final int tenths;

  DiskLevel(int tenths) {
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

  /** What it stops itself, in one word, like {@code compaction}; {@code nothing} for none. */
  public String stopped() {
    return this == ROOMY || this == SHORT
        ? "nothing"
        : name().substring(3).toLowerCase(Locale.ROOT);
  }
}
