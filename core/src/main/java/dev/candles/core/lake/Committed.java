package dev.candles.core.lake;

/**
 * Tells whether the lake holds what was heard here. What comes before a checkpoint is committed
 * when that one completes, by others and in no order with us; so it is taken to be there when one
 * more has completed. However long checkpoints fail, nothing is taken to be there sooner. Counts
 * within one attempt of the job: what is kept over a restart is as if it were heard after it. Not
 * thread-safe.
 */
public final class Committed {
  private long taken;
  private long completed;
  private long visible;

  /** Of a lake that holds at once what is written. */
  public static Committed atOnce() {
    Committed all = new Committed();
    all.visible = Long.MAX_VALUE;
    return all;
  }

  /** The state was saved for the checkpoint of this number. */
  public void taken(long checkpoint) {
    taken = checkpoint;
  }

  /** The checkpoint of this number is complete. */
  public void completed(long checkpoint) {
    if (checkpoint > completed) {
      visible = completed;
      completed = checkpoint;
    }
  }

  /** When it is now, to be compared by {@link #holds}. */
  public long now() {
    return taken;
  }

  /** Whether the lake holds what was heard then. */
  public boolean holds(long then) {
    return then < visible;
  }
}
