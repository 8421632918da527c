package dev.candles.lake.compact;

import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.partition.ListingProblem.Kind;
import dev.candles.lake.partition.PartitionListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The data files of one partition, of candles and of revisions, by name.
 *
 * @param bytes their length together
 */
record Inputs(Partition partition, List<Path> candles, List<Path> revisions, long bytes) {

  /** What keeps a partition from being merged or moved: all but what no reader of ours opens. */
  private static final Set<Kind> WRONG =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Kind.FOREIGN_FILE)));

  /**
   * Looks at a partition.
   *
   * @throws IOException if something about it is wrong
   */
  static PartitionListing listing(LakeLayout layout, Partition partition) throws IOException {
    PartitionListing listing = PartitionListing.of(layout, partition, DataFiles.MAX_FILES);
    listing.refuse(WRONG);
    return listing;
  }

  /**
   * All of a partition's.
   *
   * @throws IOException if one has no name by which it is found again: it would be merged and never
   *     go
   */
  static Inputs of(PartitionListing listing) throws IOException {
    for (List<Path> files : List.of(listing.candles(), listing.revisions())) {
      for (Path file : files) {
        if (!Folders.isNamed(file)) {
          throw new IOException("file has a name that a lake cannot note: file=" + file);
        }
      }
    }
    return of(listing.partition(), listing.candles(), listing.revisions());
  }

  private static Inputs of(Partition partition, List<Path> candles, List<Path> revisions)
      throws IOException {
    return new Inputs(partition, candles, revisions, bytes(candles) + bytes(revisions));
  }

  private static long bytes(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  List<String> candleNames() {
    return candles.stream().map(Folders::name).toList();
  }

  List<String> revisionNames() {
    return revisions.stream().map(Folders::name).toList();
  }

  /** Refuses a partition in which a sealed file was changed: it is about to be merged. */
  void mustMatch(Manifest manifest) throws IOException {
    mustMatch(candles, manifest.files());
    mustMatch(revisions, manifest.revisions());
  }

  private static void mustMatch(List<Path> files, List<SealedFile> sealed) throws IOException {
    for (SealedFile file : sealed) {
      for (Path path : files) {
        if (Folders.name(path).equals(file.name())) {
          mustMatch(file, path);
        }
      }
    }
  }

  private static void mustMatch(SealedFile file, Path path) throws IOException {
    String sha256 = Sha256.of(path);
    if (!sha256.equals(file.sha256())) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "file is not the one that was sealed: file=%s, expected=%s, sha256=%s",
              path,
              file.sha256(),
              sha256));
    }
  }

  boolean isEmpty() {
    return candles.isEmpty() && revisions.isEmpty();
  }

  /** Those that the manifest does not name. */
  Inputs without(Manifest manifest) throws IOException {
    return of(
        partition,
        PartitionListing.unsealed(candles, manifest.files()),
        PartitionListing.unsealed(revisions, manifest.revisions()));
  }

  /** Reads and merges all of them, one at a time. */
  DayMerge merge() throws IOException {
    DayMerge merge = new DayMerge();
    mergeInto(merge);
    return merge;
  }

  private void mergeInto(DayMerge merge) throws IOException {
    for (Path file : candles) {
      merge.addCandles(CandleFiles.readWhole(file, partition));
    }
    for (Path file : revisions) {
      merge.addRevisions(CandleFiles.readWhole(file, partition));
    }
  }

  /**
   * Whether the rows of others say nothing that is not in these: the merge of all is the merge of
   * these.
   */
  boolean sayAllOf(Inputs others) throws IOException {
    DayMerge both = merge();
    others.mergeInto(both);
    DayMerge alone = merge();
    return alone.current().equals(both.current()) && alone.older().equals(both.older());
  }

  Outcome outcome(Outcome.Kind kind, Inputs after, long duplicates) {
    return new Outcome(partition, kind, files(), after.files(), bytes, after.bytes, duplicates, "");
  }

  long files() {
    return (long) candles.size() + revisions.size();
  }
}
