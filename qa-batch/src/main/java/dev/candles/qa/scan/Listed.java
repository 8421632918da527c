package dev.candles.qa.scan;

import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.ManifestException;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.partition.Intent;
import dev.candles.lake.partition.Intents;
import dev.candles.lake.partition.Snapshot;
import dev.candles.qa.check.Finding;
import dev.candles.qa.check.Findings;
import dev.candles.qa.check.Kind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files of one partition by name, and its manifest. */
final class Listed {
  final Partition partition;
  final Findings findings = new Findings();

  /** Of an archived partition those that came later. */
  final List<Path> candles;

  final List<Path> revisions;
  final @Nullable Manifest manifest;
  boolean damaged;

  /** Whether a file was listed and then gone: a compaction is at work. */
  boolean vanished;

  /** So often is a listing made anew before it is believed that a file is missing. */
  static final int MAX_LISTINGS = 4;

  /**
   * Lists a partition. A listing is not of one moment: made while a compaction went on, it can lack
   * both the files that are gone and the one that was not there yet, which the manifest names.
   */
  static Listed of(LakeLayout layout, Partition partition) {
    return settled(() -> new Listed(layout, partition));
  }

  /** The first listing that has what its manifest names; the last one if none has. */
  static Listed settled(Supplier<Listed> look) {
    Listed listed = look.get();
    for (int i = 1; i < MAX_LISTINGS && listed.lacksSealed(); i++) {
      listed = look.get();
    }
    return listed;
  }

  Listed(LakeLayout layout, Partition partition) {
    this.partition = partition;
    Path folder = layout.partition(Folder.CANDLES, partition);
    List<Path> found = list(layout, folder);
    List<Path> older = list(layout, layout.partition(Folder.REVISIONS, partition));
    if (!damaged && Files.exists(folder.resolve(Intents.NAME))) {
      Optional<Snapshot> between = between(layout, folder);
      this.candles = between.map(Snapshot::candles).orElse(found);
      this.revisions = between.map(Snapshot::revisions).orElse(older);
      this.manifest = null;
    } else {
      Manifest sealed = read(layout, folder);
      if (sealed != null && sealed.archivedTo() != null) {
        this.candles = without(found, sealed.files());
        this.revisions = without(older, sealed.revisions());
      } else {
        this.candles = found;
        this.revisions = older;
      }
      this.manifest = sealed;
    }
  }

  /** The files that count while a compaction is at work, or was killed. */
  private Optional<Snapshot> between(LakeLayout layout, Path folder) {
    try {
      Optional<Intent> unused = Intents.read(folder, partition); // a snapshot tolerates any
      return Optional.of(Snapshot.of(layout, partition));
    } catch (IOException e) {
      add(layout, Kind.MANIFEST_UNBELIEVABLE, folder.resolve(Intents.NAME), e.toString());
      return Optional.empty();
    }
  }

  /** Whether there is anything at all. */
  boolean exists() {
    return !candles.isEmpty() || !revisions.isEmpty() || manifest != null || !findings.isEmpty();
  }

  /** Whether the files that were sealed are in another lake. */
  boolean archived() {
    Manifest sealed = manifest;
    return sealed != null && sealed.archivedTo() != null;
  }

  /**
   * Whether the files are, by name, those of the manifest; of an archived one, that none is here.
   */
  boolean asSealed() {
    Manifest sealed = manifest;
    if (sealed == null || !findings.isEmpty()) {
      return false;
    }
    return archived()
        ? candles.isEmpty() && revisions.isEmpty()
        : names(candles).equals(sealedNames(sealed.files()))
            && names(revisions).equals(sealedNames(sealed.revisions()));
  }

  private boolean lacksSealed() {
    Manifest sealed = manifest;
    return sealed != null
        && !archived()
        && !(names(candles).containsAll(sealedNames(sealed.files()))
            && names(revisions).containsAll(sealedNames(sealed.revisions())));
  }

  private static List<Path> without(List<Path> files, List<SealedFile> sealed) {
    Set<String> names = sealedNames(sealed);
    return files.stream()
        .filter(file -> !names.contains(String.valueOf(file.getFileName())))
        .toList();
  }

  private static Set<String> names(List<Path> files) {
    Set<String> names = new TreeSet<>();
    files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    return names;
  }

  private static Set<String> sealedNames(List<SealedFile> files) {
    Set<String> names = new TreeSet<>();
    files.forEach(file -> names.add(file.name()));
    return names;
  }

  private @Nullable Manifest read(LakeLayout layout, Path folder) {
    try {
      return Manifests.read(folder, partition).orElse(null);
    } catch (ManifestException e) {
      add(layout, Kind.MANIFEST_UNBELIEVABLE, folder.resolve(Manifests.NAME), e.getMessage());
    } catch (IOException e) {
      add(layout, Kind.MANIFEST_UNBELIEVABLE, folder.resolve(Manifests.NAME), e.toString());
    }
    return null;
  }

  private List<Path> list(LakeLayout layout, Path folder) {
    if (Files.notExists(folder)) { // few partitions have revisions, and an exception is dear
      return List.of(); // nothing else is proof: what cannot be reached does not "exist" either
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        take(layout, entry, files);
        if (files.size() > DataFiles.MAX_FILES) {
          add(layout, Kind.TOO_MANY_FILES, folder, "more than " + DataFiles.MAX_FILES + " files");
          damaged = true;
          return List.of();
        }
      }
    } catch (NoSuchFileException absent) {
      return List.of();
    } catch (IOException | DirectoryIteratorException e) {
      add(layout, Kind.UNLISTABLE, folder, String.valueOf(e));
      damaged = true;
    }
    Collections.sort(files);
    return files;
  }

  private void take(LakeLayout layout, Path entry, List<Path> files) {
    String name = String.valueOf(entry.getFileName());
    if (DataFiles.isStranger(name)) {
      add(layout, Kind.FOREIGN_FILE, entry, "a glob reads it, and it is not the lake's");
      return;
    }
    if (name.startsWith(".") || name.startsWith("_") || DataFiles.isTemporary(name)) {
      return; // work in progress, manifests, locks
    }
    if (DataFiles.isData(name) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
      files.add(entry);
    } else {
      add(layout, Kind.FOREIGN_FILE, entry, "not a data file");
    }
  }

  private void add(LakeLayout layout, Kind kind, Path path, @Nullable String value) {
    String stream = partition.stream().id();
    String file = layout.root().relativize(path).toString();
    findings.add(new Finding(kind, stream, file, partition.fromMs(), String.valueOf(value)));
  }
}
