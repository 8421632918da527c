package dev.candles.lake.compact;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Check;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.partition.Intent;
import dev.candles.lake.partition.Intents;
import dev.candles.lake.partition.PartitionListing;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts partitions, one at a time, beside a running collector: files are immutable once they
 * have their name, those without one are left alone. In this order, under the partition's lock:
 *
 * <ol>
 *   <li>what a killed run left is finished, or undone if it cannot be;
 *   <li>all files of candles and revisions are read, one at a time, and merged by key: the current
 *       version of each candle stays in the partition, older ones in its revisions;
 *   <li>the merged files are written under temporary names, flushed, read again and compared;
 *   <li>the intent names inputs and outputs: from here on it can only go forward;
 *   <li>outputs get their names, inputs are deleted, the manifest is sealed, the intent goes.
 * </ol>
 *
 * The same rows give the same bytes under the same names, whatever files they came in and however
 * often it was interrupted. Safe for several threads and processes.
 */
public final class Compactor {
  /** What compaction itself proves of the rows it wrote: each key once, sorted, as they were. */
  public static final String CHECK = "compaction.1";

  private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

  private final LakeLayout layout;
  private final Step.Watch watch;

  /** Compacts partitions of this lake. */
  public Compactor(LakeLayout layout) {
    this(layout, step -> {});
  }

  Compactor(LakeLayout layout, Step.Watch watch) {
    this.layout = layout;
    this.watch = watch;
  }

  /**
   * Compacts one partition, whether it is closed or not. A partition of which something is wrong is
   * refused and left as it is, with the reason; so is one that cannot be written.
   */
  public Outcome compact(Partition partition, DayKnowledge known) {
    try {
      Optional<PartitionLock> lock = PartitionLock.tryTake(layout, partition);
      if (lock.isEmpty()) {
        return Outcome.without(partition, Outcome.Kind.SKIPPED, "it is being compacted already");
      }
      try (PartitionLock held = lock.get()) {
        watch.reached(Step.LOCKED);
        return locked(partition, known);
      }
    } catch (IOException e) {
      return Outcome.refused(partition, e);
    }
  }

  /**
   * Whether {@link #compact} would change nothing. Looks at names and the manifest only; what is
   * wrong is for {@link #compact} to say.
   */
  public boolean isDone(Partition partition, DayKnowledge known) {
    if (isHalfDone(partition)) {
      return false;
    }
    try {
      PartitionListing listing = Inputs.listing(layout, partition);
      if (listing.manifest().isEmpty() || listing.isArchived()) {
        return listing.candles().isEmpty();
      }
      Manifest before = listing.manifest().get();
      return !listing.hasLater()
          && manifest(partition, known.beside(listing.manifest()), before)
              .rootSha256()
              .equals(before.rootSha256());
    } catch (IOException wrong) {
      LOG.debug(
          "event=compaction_needed partition={} error={}", partition.id(), LogValue.of(wrong));
      return false;
    }
  }

  /**
   * Whether a killed run left something half done: until {@link #compact} finishes it, a plain glob
   * may see rows twice.
   */
  public boolean isHalfDone(Partition partition) {
    return Files.exists(layout.partition(Folder.CANDLES, partition).resolve(Intents.NAME));
  }

  private Outcome locked(Partition partition, DayKnowledge known) throws IOException {
    Path folder = layout.partition(Folder.CANDLES, partition);
    Optional<Intent> left = Intents.read(folder, partition);
    if (left.isPresent()) {
      finish(left.get(), known);
    }
    clear(partition);
    PartitionListing listing = Inputs.listing(layout, partition);
    Inputs inputs = Inputs.of(listing);
    Optional<Manifest> manifest = listing.manifest();
    DayKnowledge its = known.beside(manifest);
    if (manifest.isPresent() && listing.isArchived()) {
      return Outcome.without(
          partition,
          Outcome.Kind.SKIPPED,
          "it is archived in "
              + manifest.get().archivedTo()
              + (listing.hasLater() ? ", and files came later; archive it again" : ""));
    }
    if (manifest.isPresent()) {
      if (!listing.hasLater()) {
        return reseal(folder, manifest.get(), its, inputs);
      }
      inputs.mustMatch(manifest.get());
    }
    return inputs.candles().isEmpty()
        ? Outcome.without(partition, Outcome.Kind.UNCHANGED, "")
        : merge(partition, its, inputs);
  }

  private void clear(Partition partition) throws IOException {
    Files.deleteIfExists(MergedFile.temporary(layout.partition(Folder.CANDLES, partition)));
    Files.deleteIfExists(MergedFile.temporary(layout.partition(Folder.REVISIONS, partition)));
  }

  /** What a killed run left: goes forward if its output is whole, else back. */
  private void finish(Intent left, DayKnowledge known) throws IOException {
    Partition partition = left.partition();
    Optional<Manifest> sealed =
        known.told()
            ? Optional.empty()
            : Manifests.read(layout.partition(Folder.CANDLES, partition), partition);
    Replacement replacement = new Replacement(layout, left, watch);
    boolean ready = replacement.ready();
    LOG.info("event=compaction_resumed partition={} forward={}", partition.id(), ready);
    if (ready) {
      carryOut(replacement, left, known.beside(sealed));
    } else {
      replacement.undo();
    }
  }

  private Outcome reseal(Path folder, Manifest before, DayKnowledge known, Inputs inputs)
      throws IOException {
    Manifest now = manifest(before.partition(), known, before);
    if (now.rootSha256().equals(before.rootSha256())) {
      return inputs.outcome(Outcome.Kind.UNCHANGED, inputs, 0);
    }
    Manifests.write(folder, now.withChecks(others(before)));
    watch.reached(Step.SEALED);
    return inputs.outcome(Outcome.Kind.RESEALED, inputs, 0);
  }

  /** Verdicts on something else than the whole partition: that has not changed. */
  private static List<Check> others(Manifest before) {
    return before.checks().stream()
        .filter(check -> !check.checkedSha256().equals(before.rootSha256()))
        .toList();
  }

  private Outcome merge(Partition partition, DayKnowledge known, Inputs inputs) throws IOException {
    DayMerge merge = inputs.merge();
    watch.reached(Step.MERGED);
    for (long openTimeMs : merge.disagreements()) {
      LOG.warn(
          "event=versions_differ partition={} open_time={} open_time_ms={}",
          partition.id(),
          Instant.ofEpochMilli(openTimeMs),
          openTimeMs);
    }
    Intent intent = write(partition, inputs, merge);
    Replacement replacement = new Replacement(layout, intent, watch);
    carryOut(replacement, intent, known);
    Inputs after = Inputs.of(Inputs.listing(layout, partition));
    return inputs.outcome(Outcome.Kind.COMPACTED, after, merge.duplicates());
  }

  private Intent write(Partition partition, Inputs inputs, DayMerge merge) throws IOException {
    Path candles = layout.partition(Folder.CANDLES, partition);
    Path revisions = layout.partition(Folder.REVISIONS, partition);
    try {
      SealedFile current = write(candles, partition, merge.current());
      Optional<SealedFile> older = Optional.empty();
      if (!merge.older().isEmpty()) {
        Durable.createFolders(layout.root(), revisions);
        older = Optional.of(write(revisions, partition, merge.older()));
      }
      watch.reached(Step.VERIFIED);
      Intent intent =
          new Intent(partition, inputs.candleNames(), inputs.revisionNames(), current, older);
      Intents.write(candles, intent);
      watch.reached(Step.INTENDED);
      return intent;
    } catch (IOException e) {
      clear(partition);
      throw e;
    }
  }

  private SealedFile write(Path folder, Partition partition, List<Candle> rows) throws IOException {
    SealedFile file = MergedFile.write(folder, rows);
    watch.reached(Step.WRITTEN);
    MergedFile.verify(folder, partition, rows);
    return file;
  }

  private void carryOut(Replacement replacement, Intent intent, DayKnowledge known)
      throws IOException {
    Path folder = layout.partition(Folder.CANDLES, intent.partition());
    replacement.carryOut();
    Intervals present =
        CandleFiles.openTimes(folder.resolve(intent.current().name()), intent.partition());
    Manifests.write(
        folder,
        manifest(
            intent.partition(),
            known,
            present,
            List.of(intent.current()),
            intent.older().map(List::of).orElse(List.of())));
    watch.reached(Step.SEALED);
    Intents.drop(folder);
    watch.reached(Step.DONE);
  }

  /** The same files, and what coverage says now. */
  private static Manifest manifest(Partition partition, DayKnowledge known, Manifest before) {
    return manifest(partition, known, before.present(), before.files(), before.revisions());
  }

  private static Manifest manifest(
      Partition partition,
      DayKnowledge known,
      Intervals present,
      List<SealedFile> files,
      List<SealedFile> revisions) {
    Intervals expected = known.expected(partition, present);
    Intervals empty = known.empty().intersect(expected).minus(present);
    Manifest manifest =
        new Manifest(
            partition,
            expected,
            present,
            empty,
            known.unrecoverable().intersect(expected).minus(present).minus(empty),
            files,
            revisions,
            List.of(),
            null);
    return manifest.withChecks(
        List.of(new Check(CHECK, Check.Verdict.PASS, manifest.rootSha256())));
  }
}
