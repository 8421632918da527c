package dev.candles.lake.view;

import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StateCounts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is remembered of one day of one stream: a few numbers, and what it lacks. */
final class WatchedDay {
  /** Nobody knows whether its folder has changed since. */
  static final long UNSURE = Long.MIN_VALUE;

  /** When its folder had changed last when it was read, epoch ms, or {@link #UNSURE}. */
  long changedMs = UNSURE;

  /**
   * With a candle; null where they are to be read again, because a day that lacks nothing is seldom
   * asked.
   */
  @Nullable Intervals finals = Intervals.empty();

  long firstFinalMs = Long.MAX_VALUE;
  long lastFinalMs = Long.MIN_VALUE;

  /** Open times by name of the files that no manifest speaks of: such a file never changes. */
  Map<String, Intervals> files = Map.of();

  /** The range that the rest is about; nothing was counted yet if it is null. */
  @Nullable Intervals counted;

  StateCounts counts = StateCounts.NONE;
  long settledMs = Long.MIN_VALUE;
  Intervals missing = Intervals.empty();
  Intervals unrecoverable = Intervals.empty();
  Intervals unknown = Intervals.empty();

  /** Takes what its folder held. */
  void read(Intervals held, Map<String, Intervals> byFile, long folderMs) {
    finals = held;
    files = byFile.size() > 1 ? byFile : Map.of();
    changedMs = folderMs;
    firstFinalMs = held.isEmpty() ? Long.MAX_VALUE : held.from(0);
    lastFinalMs = held.isEmpty() ? Long.MIN_VALUE : held.to(held.count() - 1);
    counted = null;
  }

  /**
   * Whether its intervals with a candle may be forgotten: they are read again if they are needed.
   */
  boolean isAtRest() {
    return missing.isEmpty() && unknown.isEmpty();
  }
}
