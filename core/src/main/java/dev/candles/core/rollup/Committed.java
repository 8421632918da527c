package dev.candles.core.rollup;

/**
 * Tells whether the lake holds what was heard here. What comes before a checkpoint is committed
 * when that one completes, by others and in no order with us; so it is taken to be there when one
 * more has completed. However long checkpoints fail, nothing is taken to be there sooner. Counts
 * within one attempt of the job: what is kept over a restart is as if it were heard after it. Not
 * thread-safe.
 */
final class Committed {
  private long taken;
  private long completed;
  private long visible;

  /** The state was saved for the checkpoint of this number. */
  void taken(long checkpoint) {
    taken = checkpoint;
  }

  /** The checkpoint of this number is complete. */
  void completed(long checkpoint) {
    if (checkpoint > completed) {
      visible = completed;
      completed = checkpoint;
    }
  }

  /** When it is now, to be compared by {@link #holds}. */
  long now() {
    return taken;
  }

  /** Whether the lake holds what was heard then. */
  boolean holds(long then) {
    return then < visible;
  }
}
