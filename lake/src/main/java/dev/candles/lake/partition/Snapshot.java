package dev.candles.lake.partition;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a reader takes from a {@link PartitionListing}: the files that count, and the manifest if it
 * can be believed so far. A note that lies is as good as none; the checks report it.
 *
 * @param candles files of candles, by name
 * @param revisions files of revisions, by name
 * @param unsealed those of {@code candles} that the manifest does not speak of; all without one
 * @param manifest what the partition says of its other files, if it can be believed so far: the
 *     files it names are here with their lengths, or archived
 */
public record Snapshot(
    List<Path> candles, List<Path> revisions, List<Path> unsealed, Optional<Manifest> manifest) {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

  /** So often is a partition looked at of which files vanish before they are opened. */
  static final int MAX_LOOKS = 8;

  /** Reads what a snapshot lists. */
  @FunctionalInterface
  public interface Reading<T> {
    /**
     * Reads.
     *
     * @throws NoSuchFileException if a file is gone
     */
    T read(Snapshot files) throws IOException;
  }

  /**
   * Has a partition read. If a file vanishes between listing and opening, a compaction put another
   * in its place, and the partition is looked at anew.
   *
   * @throws IOException if a folder or note cannot be read, if files keep vanishing, or from {@code
   *     reading}
   */
  public static <T> T read(LakeLayout layout, Partition partition, Reading<T> reading)
      throws IOException {
    NoSuchFileException last = new NoSuchFileException(partition.id());
    for (int i = 0; i < MAX_LOOKS; i++) {
      try {
        return reading.read(of(layout, partition));
      } catch (NoSuchFileException vanished) {
        LOG.info(
            "event=lake_file_vanished file={} listing={}", LogValue.of(vanished.getFile()), i + 1);
        last = vanished;
      }
    }
    throw new IOException("files keep vanishing: partition=" + partition.id(), last);
  }

  /**
   * Looks at a partition.
   *
   * @throws IOException if a folder or note cannot be read
   */
  public static Snapshot of(LakeLayout layout, Partition partition) throws IOException {
    PartitionListing listing = PartitionListing.of(layout, partition, Integer.MAX_VALUE);
    boolean believed = true;
    for (ListingProblem problem : listing.problems()) {
      IOException failure = problem.failure();
      if (failure != null) {
        throw failure;
      }
      if (problem.kind() != ListingProblem.Kind.FOREIGN_FILE) { // which no reader of ours opens
        believed = false;
        LOG.warn(
            event(problem.kind()) + " partition={} file={} error={}",
            partition.id(),
            LogValue.of(problem.path()),
            LogValue.of(problem.detail()));
      }
    }
    Optional<Manifest> manifest = believed ? listing.manifest() : Optional.empty();
    List<Path> unsealed = manifest.isPresent() ? listing.laterCandles() : listing.candles();
    return new Snapshot(listing.candles(), listing.revisions(), unsealed, manifest);
  }

  private static String event(ListingProblem.Kind kind) {
    return switch (kind) {
      case INTENT_UNBELIEVABLE -> "event=lake_intent_wrong";
      case MANIFEST_UNBELIEVABLE, OTHER_LENGTH -> "event=lake_manifest_wrong";
      case UNLISTABLE, TOO_MANY_FILES, FOREIGN_FILE, FILE_MISSING -> "event=lake_partition_damaged";
    };
  }

  /** Intervals with a candle in the files that the manifest speaks of. */
  public Intervals present() {
    return manifest.map(Manifest::present).orElse(Intervals.empty());
  }

  /** Intervals with a candle that lies in another lake. */
  public Intervals archived() {
    return manifest
        .filter(held -> held.archivedTo() != null)
        .map(Manifest::present)
        .orElse(Intervals.empty());
  }
}
