package dev.candles.lake.compact;

import dev.candles.lake.layout.Partition;
import java.io.IOException;

/**
 * What a compaction did with one partition.
 *
 * @param files data files before, of candles and of revisions
 * @param filesAfter data files after
 * @param bytes their length before
 * @param bytesAfter their length after
 * @param duplicates rows that were there more than once
 * @param reason why not, if it did not; else empty
 */
public record Outcome(
    Partition partition,
    Kind kind,
    long files,
    long filesAfter,
    long bytes,
    long bytesAfter,
    long duplicates,
    String reason) {

  /** How it ended. */
  public enum Kind {
    /** Merged and sealed. */
    COMPACTED,
    /** Its files were merged already; what coverage says of it is new, and so is the manifest. */
    RESEALED,
    /** Nothing to do. */
    UNCHANGED,
    /** Not to be touched now: not over, being repaired, archived, or another's at the moment. */
    SKIPPED,
    /** Something about it is wrong; nothing was changed. */
    REFUSED
  }

  static Outcome without(Partition partition, Kind kind, String reason) {
    return new Outcome(partition, kind, 0, 0, 0, 0, 0, reason);
  }

  /**
   * What people are told of a failure: the kind of it too, where the message alone says nothing.
   */
  static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    return e.getClass() == IOException.class
        ? message
        : e.getClass().getSimpleName() + ": " + message;
  }
}
