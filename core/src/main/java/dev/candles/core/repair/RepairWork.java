package dev.candles.core.repair;

/**
 * One thing to ask.
 *
 * @param kind which kind of task it is, see {@link RepairStore.Kind#name}
 * @param key the task among those of its kind
 * @param lane with what it competes
 * @param marketMs what time it is about: the newest repair goes first
 * @param dueMs market time before which it is not asked
 */
public record RepairWork(String kind, String key, Lane lane, long marketMs, long dueMs) {
  /** Lanes take turns, so that none waits for the whole of the other. */
  public enum Lane {
    /** What is missing or in doubt: the newest first. */
    REPAIR,
    /** What REST has to confirm: who has waited longest first. */
    CONFIRMATION
  }

  /** Whether it is about the same task. */
  boolean isSameTask(RepairWork other) {
    return kind.equals(other.kind) && key.equals(other.key);
  }
}
