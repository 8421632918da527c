package dev.candles.core.repair;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing to ask.
 *
 * @param key the task among those of its kind
 * @param lane the lane of its kind, which no other has
 * @param marketMs what time it is about, see {@link WorkQueue}
 * @param dueMs market time before which it is not asked
 * @param streamDay the stream-day of which its answers open a writer, see {@link StreamDayQuota};
 *     null where that is open anyway. Of a gap it is the key.
 */
public record RepairWork(
    String key, Lane lane, long marketMs, long dueMs, @Nullable String streamDay) {
  /** Each kind has its lane; they take turns, so that none waits for the whole of another. */
  public enum Lane {
    /** What is missing. */
    GAP,
    /** What is in doubt. */
    RECHECK,
    /** What is asked for by the ids of trades. */
    TRADES,
    /** What REST has to confirm: who has waited longest first, however new the others are. */
    CONFIRMATION;

    boolean isRepair() {
      return this != CONFIRMATION;
    }

    boolean newestFirst() {
      return isRepair();
    }
  }

  /** Whether it would open a file beside those that are open. */
  boolean isHeld(Set<String> open) {
    return streamDay != null && !open.contains(streamDay);
  }

  /** Whether it is about the same task. */
  boolean isSameTask(RepairWork other) {
    return lane == other.lane && key.equals(other.key);
  }
}
