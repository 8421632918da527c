package dev.candles.lake.partition;

import static dev.candles.lake.partition.PartitionListing.names;
import static dev.candles.lake.partition.PartitionListing.without;

import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.FolderListing;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.ManifestException;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.partition.ListingProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One look at a partition. The order makes it of one moment: folders first, then the intent, then
 * the manifest. What a note names and the listing lacks proves that the listing is too old.
 */
final class PartitionLook {
  private final Partition partition;
  private final Path folder;
  private final Path olderFolder;
  private final int mostFiles;

  PartitionLook(LakeLayout layout, Partition partition, int mostFiles) {
    this.partition = partition;
    this.folder = layout.partition(Folder.CANDLES, partition);
    this.olderFolder = layout.partition(Folder.REVISIONS, partition);
    this.mostFiles = mostFiles;
  }

  PartitionListing look() {
    List<ListingProblem> problems = new ArrayList<>();
    List<Path> listed = listed(folder, problems);
    List<Path> older = listed(olderFolder, problems);
    Optional<Intent> intent;
    try {
      intent = Intents.read(folder, partition);
    } catch (IOException e) {
      problems.add(unbelievable(Kind.INTENT_UNBELIEVABLE, Intents.NAME, e));
      return listing(listed, older, Optional.empty(), problems);
    }
    if (intent.isPresent() && !isIncomplete(problems)) {
      return during(intent.get(), listed, older, problems);
    }
    Optional<Manifest> manifest = intent.isPresent() ? Optional.empty() : manifest(problems);
    if (manifest.isEmpty()) {
      return listing(listed, older, manifest, problems);
    }
    return beside(manifest.get(), listed, older, problems);
  }

  /** Whether what is not listed may be there all the same. */
  private static boolean isIncomplete(List<ListingProblem> problems) {
    return problems.stream()
        .anyMatch(
            problem -> problem.kind() == Kind.UNLISTABLE || problem.kind() == Kind.TOO_MANY_FILES);
  }

  private PartitionListing listing(
      List<Path> candles,
      List<Path> revisions,
      Optional<Manifest> manifest,
      List<ListingProblem> problems) {
    return new PartitionListing(partition, candles, revisions, manifest, List.copyOf(problems));
  }

  private List<Path> listed(Path where, List<ListingProblem> problems) {
    FolderListing listing = FolderListing.of(where, mostFiles);
    for (Path foreign : listing.foreign()) {
      String detail = "not a data file";
      if (DataFiles.isStranger(Folders.name(foreign))) {
        detail = "a glob reads it, and it is not the lake's";
      } else if (Files.isDirectory(foreign)) {
        detail = "a folder: a glob reads what lies in it, and it is not the lake's";
      }
      problems.add(ListingProblem.of(Kind.FOREIGN_FILE, foreign, detail));
    }
    if (listing.tooMany()) {
      String detail = "more than " + mostFiles + " files";
      problems.add(ListingProblem.of(Kind.TOO_MANY_FILES, where, detail));
    }
    IOException failure = listing.failure();
    if (failure != null) {
      problems.add(ListingProblem.of(Kind.UNLISTABLE, where, failure));
    }
    return listing.files();
  }

  /** A note that lies is as good as none; one that cannot be loaded may say anything. */
  private ListingProblem unbelievable(Kind kind, String note, IOException e) {
    boolean loaded = e instanceof IntentException || e instanceof ManifestException;
    Path file = folder.resolve(note);
    return loaded
        ? ListingProblem.of(kind, file, String.valueOf(e.getMessage()))
        : ListingProblem.of(kind, file, e);
  }

  private Optional<Manifest> manifest(List<ListingProblem> problems) {
    try {
      return Manifests.read(folder, partition);
    } catch (IOException e) {
      problems.add(unbelievable(Kind.MANIFEST_UNBELIEVABLE, Manifests.NAME, e));
      return Optional.empty();
    }
  }

  /** While a compaction is at work, or after it was killed: its inputs count, or its outputs. */
  private PartitionListing during(
      Intent intent, List<Path> listed, List<Path> older, List<ListingProblem> problems) {
    Set<String> here = names(listed);
    Set<String> olderHere = names(older);
    Set<String> outputs = Set.of(intent.current().name());
    Set<String> olderOutputs = intent.older().map(file -> Set.of(file.name())).orElse(Set.of());
    boolean visible = here.containsAll(outputs) && olderHere.containsAll(olderOutputs);
    if (visible) {
      return listing(
          without(listed, Set.copyOf(intent.replacedCandles())),
          without(older, Set.copyOf(intent.replacedRevisions())),
          Optional.empty(),
          problems);
    }
    if (here.containsAll(intent.candles()) && olderHere.containsAll(intent.revisions())) {
      return listing(
          without(listed, minus(outputs, intent.candles())),
          without(older, minus(olderOutputs, intent.revisions())),
          Optional.empty(),
          problems);
    }
    String detail = "neither what a compaction read nor what it wrote is all here";
    problems.add(ListingProblem.of(Kind.FILE_MISSING, folder.resolve(Intents.NAME), detail));
    return listing(listed, older, Optional.empty(), problems);
  }

  private static Set<String> minus(Set<String> names, List<String> others) {
    Set<String> left = new HashSet<>(names);
    left.removeAll(others);
    return left;
  }

  private PartitionListing beside(
      Manifest manifest, List<Path> listed, List<Path> older, List<ListingProblem> problems) {
    if (manifest.archivedTo() == null && !isIncomplete(problems)) {
      compare(folder, listed, manifest.files(), problems);
      compare(olderFolder, older, manifest.revisions(), problems);
    }
    return listing(listed, older, Optional.of(manifest), problems);
  }

  private static void compare(
      Path where, List<Path> listed, List<SealedFile> sealed, List<ListingProblem> problems) {
    Map<String, Path> byName = new HashMap<>();
    listed.forEach(file -> byName.put(Folders.name(file), file));
    for (SealedFile file : sealed) {
      Path path = byName.get(file.name());
      if (path == null) {
        missing(where.resolve(file.name()), file, problems);
        continue;
      }
      try {
        long bytes = Files.size(path);
        if (bytes != file.bytes()) {
          String detail = "manifest says bytes=" + file.bytes() + ", found bytes=" + bytes;
          problems.add(ListingProblem.of(Kind.OTHER_LENGTH, path, detail));
        }
      } catch (NoSuchFileException vanished) {
        missing(path, file, problems);
      } catch (IOException e) {
        problems.add(ListingProblem.of(Kind.UNLISTABLE, path, e));
      }
    }
  }

  private static void missing(Path path, SealedFile file, List<ListingProblem> problems) {
    problems.add(ListingProblem.of(Kind.FILE_MISSING, path, file.rows() + " rows"));
  }
}
