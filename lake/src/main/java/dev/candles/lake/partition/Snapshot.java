package dev.candles.lake.partition;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.ManifestException;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one partition that count, at one moment: what an intent replaces does not, and no
 * candle is in none of them. Whoever finds that one of them vanished takes a new snapshot.
 *
 * <p>The order of looking makes it so: folders first, then the intent, then the manifest. What the
 * two notes name and the listing lacks proves that the listing is too old. An intent that cannot be
 * believed, which nobody acts on, leaves all files that are listed; the checks report it.
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
  private static final int MAX_LISTINGS = 8;

  /**
   * Looks at a partition.
   *
   * @throws IOException if a folder or note cannot be read
   */
  public static Snapshot of(LakeLayout layout, Partition partition) throws IOException {
    Path candles = layout.partition(Folder.CANDLES, partition);
    Path revisions = layout.partition(Folder.REVISIONS, partition);
    for (int i = 0; i < MAX_LISTINGS; i++) {
      List<Path> listed = DataFiles.in(candles);
      List<Path> older = DataFiles.in(revisions);
      Optional<Intent> intent;
      try {
        intent = Intents.read(candles, partition);
      } catch (IntentException e) {
        LOG.warn("event=lake_intent_wrong error=\"{}\"", e.getMessage());
        return new Snapshot(listed, older, listed, Optional.empty());
      }
      if (intent.isPresent()) {
        Optional<Snapshot> during = during(intent.get(), listed, older);
        if (during.isPresent()) {
          return during.get();
        }
      } else {
        Optional<Manifest> manifest = manifest(candles, partition);
        if (manifest.isEmpty()) {
          return new Snapshot(listed, older, listed, Optional.empty());
        }
        Optional<Snapshot> found = covered(manifest.get(), listed, older);
        if (found.isPresent()) {
          return found.get();
        }
      }
      Thread.onSpinWait();
    }
    LOG.warn("event=lake_partition_damaged partition={}", partition.id());
    List<Path> listed = DataFiles.in(candles);
    return new Snapshot(listed, DataFiles.in(revisions), listed, Optional.empty());
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

  private static Optional<Snapshot> during(Intent intent, List<Path> listed, List<Path> older) {
    Set<String> here = names(listed);
    Set<String> olderHere = names(older);
    boolean visible =
        here.contains(intent.current().name())
            && intent.older().map(SealedFile::name).stream().allMatch(olderHere::contains);
    if (!visible
        && !(here.containsAll(intent.candles()) && olderHere.containsAll(intent.revisions()))) {
      return Optional.empty(); // listed while it went on
    }
    Set<String> gone = new HashSet<>();
    Set<String> olderGone = new HashSet<>();
    if (visible) {
      gone.addAll(intent.replacedCandles());
      olderGone.addAll(intent.replacedRevisions());
    } else {
      gone.add(intent.current().name());
      gone.removeAll(intent.candles());
      intent.older().map(SealedFile::name).ifPresent(olderGone::add);
      olderGone.removeAll(intent.revisions());
    }
    List<Path> live = without(listed, gone);
    return Optional.of(new Snapshot(live, without(older, olderGone), live, Optional.empty()));
  }

  /** Empty if the manifest names a file that was not listed: the listing is too old. */
  private static Optional<Snapshot> covered(Manifest manifest, List<Path> listed, List<Path> older)
      throws IOException {
    Set<String> named = sealedNames(manifest.files());
    List<Path> unsealed = without(listed, named);
    boolean whole = names(listed).containsAll(named);
    boolean olderWhole = names(older).containsAll(sealedNames(manifest.revisions()));
    if (manifest.archivedTo() != null) {
      return Optional.of(new Snapshot(listed, older, unsealed, Optional.of(manifest)));
    }
    if (!whole || !olderWhole) {
      return Optional.empty();
    }
    try {
      for (Path file : listed) {
        for (SealedFile expected : manifest.files()) {
          if (Folders.name(file).equals(expected.name()) && Files.size(file) != expected.bytes()) {
            LOG.warn("event=lake_manifest_wrong file={} bytes={}", file, expected.bytes());
            return Optional.of(new Snapshot(listed, older, listed, Optional.empty()));
          }
        }
      }
    } catch (NoSuchFileException vanished) {
      return Optional.empty();
    }
    return Optional.of(new Snapshot(listed, older, unsealed, Optional.of(manifest)));
  }

  /** A manifest that lies is as good as none for a reader; the checks report it. */
  private static Optional<Manifest> manifest(Path folder, Partition partition) throws IOException {
    try {
      return Manifests.read(folder, partition);
    } catch (ManifestException e) {
      LOG.warn("event=lake_manifest_wrong error=\"{}\"", e.getMessage());
      return Optional.empty();
    }
  }

  private static Set<String> names(List<Path> files) {
    return files.stream().map(Folders::name).collect(Collectors.toSet());
  }

  private static Set<String> sealedNames(List<SealedFile> files) {
    return files.stream().map(SealedFile::name).collect(Collectors.toSet());
  }

  private static List<Path> without(List<Path> files, Set<String> names) {
    List<Path> others = new ArrayList<>(files.size());
    for (Path file : files) {
      if (!names.contains(Folders.name(file))) {
        others.add(file);
      }
    }
    return others;
  }
}
