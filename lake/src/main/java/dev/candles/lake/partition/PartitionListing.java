package dev.candles.lake.partition;

import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.SealedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which files of a partition count, at one moment, what its manifest says, and what is wrong: the
 * only place that decides this. What an intent replaces does not count, and no candle is in none of
 * the files that do. Whoever finds that one of them vanished looks again.
 *
 * @param candles files of candles, by name
 * @param revisions files of revisions, by name
 * @param manifest what the partition says of its files, whether that is true or not; empty while a
 *     compaction is at work, or was killed
 * @param problems what is wrong
 */
public record PartitionListing(
    Partition partition,
    List<Path> candles,
    List<Path> revisions,
    Optional<Manifest> manifest,
    List<ListingProblem> problems) {

  /** So often is a listing made anew before it is believed that a file is missing. */
  static final int MAX_LOOKS = 8;

  /**
   * Looks at a partition. A listing is not of one moment: made while a compaction went on, it can
   * lack both the files that are gone and the one that was not there yet, which a note names. Then
   * it is made anew.
   *
   * @param mostFiles data files that a folder may have
   */
  public static PartitionListing of(LakeLayout layout, Partition partition, int mostFiles) {
    PartitionLook look = new PartitionLook(layout, partition, mostFiles);
    return settled(look::look);
  }

  /** The first listing that has what its notes name; the last one if none has. */
  static PartitionListing settled(Supplier<PartitionListing> look) {
    PartitionListing listing = look.get();
    for (int i = 1; i < MAX_LOOKS && listing.isOutdated(); i++) {
      Thread.onSpinWait();
      listing = look.get();
    }
    return listing;
  }

  private boolean isOutdated() {
    return has(ListingProblem.Kind.FILE_MISSING);
  }

  /** Whether there is a problem of this kind. */
  public boolean has(ListingProblem.Kind kind) {
    return problems.stream().anyMatch(problem -> problem.kind() == kind);
  }

  /**
   * Refuses a partition that has a problem of one of these kinds.
   *
   * @throws IOException if there is one; the message says what is wrong and where
   */
  public void refuse(Set<ListingProblem.Kind> kinds) throws IOException {
    for (ListingProblem problem : problems) {
      if (kinds.contains(problem.kind())) {
        throw problem.refusal();
      }
    }
  }

  /** Whether there is anything at all. */
  public boolean exists() {
    return !candles.isEmpty()
        || !revisions.isEmpty()
        || manifest.isPresent()
        || !problems.isEmpty();
  }

  /** Whether the files that were sealed are in another lake. */
  public boolean isArchived() {
    return manifest.filter(held -> held.archivedTo() != null).isPresent();
  }

  /**
   * Whether the files are, by name, those of the manifest; of an archived one, that none is new.
   */
  public boolean isAsSealed() {
    boolean named =
        problems.stream().allMatch(problem -> problem.kind() == ListingProblem.Kind.OTHER_LENGTH);
    if (manifest.isEmpty() || !named) {
      return false;
    }
    return isArchived()
        ? !hasLater()
        : names(candles).equals(sealedNames(manifest.get().files()))
            && names(revisions).equals(sealedNames(manifest.get().revisions()));
  }

  /** Those of {@link #candles} that the manifest does not speak of; all without one. */
  public List<Path> laterCandles() {
    return later(candles, Manifest::files);
  }

  /** Those of {@link #revisions} that the manifest does not speak of; all without one. */
  public List<Path> laterRevisions() {
    return later(revisions, Manifest::revisions);
  }

  /** Whether there is a file that the manifest does not speak of. */
  public boolean hasLater() {
    return !laterCandles().isEmpty() || !laterRevisions().isEmpty();
  }

  private List<Path> later(List<Path> files, Function<Manifest, List<SealedFile>> sealed) {
    return manifest.map(held -> unsealed(files, sealed.apply(held))).orElse(files);
  }

  /** Those of {@code files} whose names are not among the sealed ones. */
  public static List<Path> unsealed(List<Path> files, List<SealedFile> sealed) {
    return without(files, sealedNames(sealed));
  }

  static Set<String> names(List<Path> files) {
    return files.stream().map(Folders::name).collect(Collectors.toSet());
  }

  static Set<String> sealedNames(List<SealedFile> files) {
    return files.stream().map(SealedFile::name).collect(Collectors.toSet());
  }

  static List<Path> without(List<Path> files, Set<String> names) {
    return files.stream().filter(file -> !names.contains(Folders.name(file))).toList();
  }
}
