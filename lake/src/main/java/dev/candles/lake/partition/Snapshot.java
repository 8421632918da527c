package dev.candles.lake.partition;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import java.io.IOException;
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
            event(problem.kind()) + " partition={} file={} error=\"{}\"",
            partition.id(),
            problem.path(),
            problem.detail());
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
