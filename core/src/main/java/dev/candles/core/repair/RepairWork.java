package dev.candles.core.repair;

/**
 * One thing to ask.
 *
 * @param key the task among those of its kind
 * @param lane the lane of its kind, which no other has
 * @param marketMs what time it is about, see {@link WorkQueue}
 * @param dueMs market time before which it is not asked
 */
public record RepairWork(String key, Lane lane, long marketMs, long dueMs) {
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

    /** Whether its answers open a writer of the stream-day that is the key of the work. */
    boolean writesStreamDay() {
      return this == GAP;
    }
  }

  /** Whether it is about the same task. */
  boolean isSameTask(RepairWork other) {
    return lane == other.lane && key.equals(other.key);
  }
}
