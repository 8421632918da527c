package dev.candles.lake.compact;

import dev.candles.lake.layout.Partition;
import dev.candles.text.LogValue;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

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

  /** Of a partition that cannot be read or written; the log names it. */
  static Outcome refused(Partition partition, IOException why) {
    LOG.warn("event=compaction_refused partition={} error={}", partition.id(), LogValue.of(why));
    return without(partition, Kind.REFUSED, reason(why));
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
