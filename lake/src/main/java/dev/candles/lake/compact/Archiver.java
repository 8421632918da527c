package dev.candles.lake.compact;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.partition.Intents;
import dev.candles.lake.partition.ListingProblem.Kind;
import dev.candles.lake.partition.PartitionListing;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves sealed partitions into another lake and leaves their manifests, so that everybody still
 * knows which intervals are present. Copies, compares the hashes, notes it in the manifest here,
 * and only then deletes; stopped anywhere, the next run finishes. What came later into a partition
 * that is archived, a repair or a revision, follows: it is merged into the archive's.
 */
public final class Archiver {
  private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
  private static final String TEMPORARY = ".archiving";

  /** Of such a partition nobody knows what it holds. */
  private static final Set<Kind> UNKNOWN =
      Set.of(Kind.UNLISTABLE, Kind.TOO_MANY_FILES, Kind.MANIFEST_UNBELIEVABLE);

  /** Such a partition does not hold what its manifest says; what is copied again may mend it. */
  private static final Set<Kind> LOST = Set.of(Kind.FILE_MISSING, Kind.OTHER_LENGTH);

  private final LakeLayout from;
  private final LakeLayout to;
  private final Step.Watch watch;

  /**
   * @param to the archive, a lake of its own that may lie on another disk
   */
  public Archiver(LakeLayout from, LakeLayout to) {
    this(from, to, step -> {});
  }

  Archiver(LakeLayout from, LakeLayout to, Step.Watch watch) {
    this.from = from;
    this.to = to;
    this.watch = watch;
  }

  /**
   * Archives one partition. One that is not sealed with all its files, or not as it was sealed, is
   * refused and left as it is.
   */
  public Outcome archive(Partition partition) {
    try {
      Optional<PartitionLock> lock = PartitionLock.tryTake(from, partition);
      if (lock.isEmpty()) {
        return Outcome.without(partition, Outcome.Kind.SKIPPED, "it is being compacted");
      }
      try (PartitionLock held = lock.get()) {
        return locked(partition);
      }
    } catch (IOException e) {
      LOG.warn("event=archive_refused partition={} error={}", partition.id(), LogValue.of(e));
      return Outcome.without(partition, Outcome.Kind.REFUSED, Outcome.reason(e));
    }
  }

  /**
   * Whether days of this lake are said to lie in the archive, which holds nothing at all: its disk
   * may not be mounted. A manifest that cannot be read says nothing here; {@link #archive} tells.
   *
   * @param partitions of this lake
   */
  public boolean isAway(List<Partition> partitions) {
    return !Files.isDirectory(to.folder(Folder.CANDLES))
        && partitions.stream().anyMatch(this::saysItIsThere);
  }

  private boolean saysItIsThere(Partition partition) {
    try {
      return Manifests.read(from.partition(Folder.CANDLES, partition), partition)
          .filter(known -> to.root().toString().equals(known.archivedTo()))
          .isPresent();
    } catch (IOException e) {
      LOG.debug("event=manifest_unreadable partition={} error={}", partition.id(), LogValue.of(e));
      return false;
    }
  }

  private Outcome locked(Partition partition) throws IOException {
    Path folder = from.partition(Folder.CANDLES, partition);
    if (Files.exists(folder.resolve(Intents.NAME))) {
      throw notCompacted();
    }
    PartitionListing listing = Inputs.listing(from, partition);
    Manifest sealed = listing.manifest().orElseThrow(Archiver::notCompacted);
    Inputs here = Inputs.of(listing);
    String place = to.root().toString();
    String archivedTo = sealed.archivedTo();
    if (archivedTo == null) {
      here.mustMatch(sealed);
      if (listing.hasLater()) {
        throw new IOException("files came after it was compacted; compact it again first");
      }
      copyAll(sealed, here);
      Manifests.write(folder, sealed.archivedTo(place));
      watch.reached(Step.SEALED);
      deleteAll(sealed);
    } else {
      Inputs later = here.without(sealed);
      if (!archivedTo.equals(place)) {
        return elsewhere(sealed, later);
      }
      if (later.files() < here.files()) { // some of what was archived is here still
        Durable.flushFolder(folder); // whoever noted the archive may have been killed before
        deleteAll(sealed);
      }
      if (!later.isEmpty()) {
        follow(sealed, later);
      }
    }
    Inputs after = Inputs.of(Inputs.listing(from, partition));
    boolean moved = after.files() < here.files();
    return here.outcome(moved ? Outcome.Kind.COMPACTED : Outcome.Kind.UNCHANGED, after, 0);
  }

  private static IOException notCompacted() {
    return new IOException("it is not compacted yet");
  }

  private static Outcome elsewhere(Manifest sealed, Inputs later) throws IOException {
    String reason = "it is archived in " + sealed.archivedTo();
    if (!later.isEmpty()) {
      throw new IOException(reason + ", and files came later; archive it there again");
    }
    return Outcome.without(sealed.partition(), Outcome.Kind.SKIPPED, reason);
  }

  /**
   * Merges what came later into the archive. The same rows twice say nothing new, so whoever was
   * stopped after copying does it again; the files here go when the archive has sealed their rows.
   */
  private void follow(Manifest sealed, Inputs later) throws IOException {
    Partition partition = sealed.partition();
    Path folder = from.partition(Folder.CANDLES, partition);
    Intervals expected =
        sealed.present().union(DayMerge.intervals(later.merge().current())); // all can be read
    archived(partition);
    for (Path file : later.candles()) {
      copy(Folder.CANDLES, partition, fact(file));
    }
    for (Path file : later.revisions()) {
      copy(Folder.REVISIONS, partition, fact(file));
    }
    Outcome merged = new Compactor(to, watch).compact(partition, DayKnowledge.of(sealed));
    if (!merged.reason().isEmpty()) {
      throw new IOException("the archive did not take what came later: " + merged.reason());
    }
    Manifest there = archived(partition);
    if (!expected.minus(there.present()).isEmpty()) {
      throw new IOException(
          "the archive lacks candles: " + expected.minus(there.present()) + ", " + partition.id());
    }
    Manifests.write(folder, there.archivedTo(to.root().toString()));
    watch.reached(Step.SEALED);
    delete(later);
  }

  private void delete(Inputs files) throws IOException {
    for (List<Path> kind : List.of(files.candles(), files.revisions())) {
      for (Path file : kind) {
        Files.delete(file);
        watch.reached(Step.DELETED);
      }
    }
  }

  private Manifest archived(Partition partition) throws IOException {
    Path folder = to.partition(Folder.CANDLES, partition);
    return Manifests.read(folder, partition)
        .filter(there -> there.archivedTo() == null)
        .orElseThrow(() -> new IOException("the archive does not have it: " + folder));
  }

  private static SealedFile fact(Path file) throws IOException {
    try {
      return new SealedFile(Folders.name(file), Files.size(file), 0, Sha256.of(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("not a file of the lake: " + file, e);
    }
  }

  /**
   * As long as the manifest here says nothing of an archive, what is there is half done: a copy of
   * what was sealed then, by a run that was killed. Only if its rows are all here too is it ours to
   * replace; what another lake has put there is not.
   */
  private void copyAll(Manifest sealed, Inputs here) throws IOException {
    Partition partition = sealed.partition();
    try (PartitionLock lock = PartitionLock.tryTake(to, partition).orElse(null)) {
      if (lock == null) {
        throw new IOException("the archive's copy is being compacted");
      }
      Path folder = to.partition(Folder.CANDLES, partition);
      if (Files.exists(folder.resolve(Intents.NAME))) {
        throw new IOException("a compaction of the archive was interrupted; compact it: " + folder);
      }
      PartitionListing held = PartitionListing.of(to, partition, DataFiles.MAX_FILES);
      held.refuse(UNKNOWN);
      Inputs others = Inputs.of(held).without(sealed);
      boolean ours = others.isEmpty() || here.sayAllOf(others);
      Optional<Manifest> there = held.manifest();
      if (there.isPresent() && !there.get().rootSha256().equals(sealed.rootSha256())) {
        mayReplace(there.get(), held, ours, folder);
      }
      clear(partition);
      for (SealedFile file : sealed.revisions()) {
        copy(Folder.REVISIONS, partition, file);
      }
      for (SealedFile file : sealed.files()) {
        copy(Folder.CANDLES, partition, file);
      }
      Manifests.write(folder, sealed);
      watch.reached(Step.WRITTEN);
      if (ours) {
        delete(others); // else somebody's: they count beside the manifest
      }
    }
  }

  /** Takes away what a killed run had begun to copy, maybe of files that are not any more. */
  private void clear(Partition partition) throws IOException {
    for (Folder kind : List.of(Folder.CANDLES, Folder.REVISIONS)) {
      Path folder = to.partition(kind, partition);
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".*" + TEMPORARY)) {
          for (Path temporary : left) {
            Files.delete(temporary);
          }
        } catch (DirectoryIteratorException broken) {
          throw broken.getCause();
        }
      }
    }
  }

  /** Refuses to replace a manifest whose rows are not all here, as far as can be seen. */
  private static void mayReplace(Manifest there, PartitionListing held, boolean ours, Path folder)
      throws IOException {
    if (!ours || there.archivedTo() != null) {
      throw new IOException("the archive has another version of this partition: " + folder);
    }
    held.refuse(LOST);
    LOG.info(
        "event=archive_copy_replaced partition={} old_root={}",
        there.partition().id(),
        there.rootSha256());
  }

  private void copy(Folder kind, Partition partition, SealedFile file) throws IOException {
    Path folder = to.partition(kind, partition);
    Durable.createFolders(to.root(), folder);
    Path target = folder.resolve(file.name());
    if (MergedFile.is(target, file)) {
      Durable.flushFolder(folder); // whoever gave it its name may have been killed before
      return;
    }
    if (Files.exists(target)) {
      throw new IOException("the archive has another file of this name: " + target);
    }
    Path temporary = folder.resolve("." + file.name() + TEMPORARY);
    Files.copy(
        from.partition(kind, partition).resolve(file.name()),
        temporary,
        StandardCopyOption.REPLACE_EXISTING);
    if (!MergedFile.is(temporary, file)) {
      throw new IOException("the copy differs from the file: " + temporary);
    }
    Durable.flush(temporary);
    Durable.publish(temporary, target);
    watch.reached(Step.PUBLISHED);
  }

  /** Only what is in the archive, whole. */
  private void deleteAll(Manifest sealed) throws IOException {
    for (SealedFile file : sealed.files()) {
      delete(Folder.CANDLES, sealed.partition(), file);
    }
    for (SealedFile file : sealed.revisions()) {
      delete(Folder.REVISIONS, sealed.partition(), file);
    }
  }

  private void delete(Folder kind, Partition partition, SealedFile file) throws IOException {
    Path here = from.partition(kind, partition).resolve(file.name());
    if (!Files.exists(here)) {
      return;
    }
    Path there = to.partition(kind, partition).resolve(file.name());
    if (!MergedFile.is(there, file)) {
      throw new IOException("the archive does not have it as it was sealed: " + there);
    }
    Files.delete(here);
    watch.reached(Step.DELETED);
  }
}
