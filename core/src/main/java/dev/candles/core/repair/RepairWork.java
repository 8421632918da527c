package dev.candles.core.repair;

/**
 * One thing to ask.
 *
 * @param kind which kind of task it is, see {@link RepairStore.Kind#name}
 * @param key the task among those of its kind
 * @param marketMs what time it is about: the newest goes first
 * @param dueMs market time before which it is not asked
 */
public record RepairWork(String kind, String key, long marketMs, long dueMs) {
  /** Whether it is about the same task. */
  boolean isSameTask(RepairWork other) {
    return kind.equals(other.kind) && key.equals(other.key);
  }
}
