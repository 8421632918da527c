package dev.candles.lake.compact;

/** The steps of a compaction, in their order: where a test kills it. */
enum Step {
  /** The partition's lock is ours. */
  LOCKED,
  /** All inputs are read and merged. */
  MERGED,
  /** A merged file is written under its temporary name. */
  WRITTEN,
  /** The merged files were read again and are right. */
  VERIFIED,
  /** The intent is on the disk. */
  INTENDED,
  /** A merged file has its name. */
  PUBLISHED,
  /** An input is deleted. */
  DELETED,
  /** The manifest is in its place. */
  SEALED,
  /** The intent is gone. */
  DONE;

  /** What is told of each step. */
  interface Watch {
    void reached(Step step);
  }
}
