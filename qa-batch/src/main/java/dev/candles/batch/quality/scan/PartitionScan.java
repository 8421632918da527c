package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.Day;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.Findings;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.RawFile;
import dev.candles.lake.parquet.UnreadableFileException;
import dev.candles.lake.partition.ListingProblem;
import dev.candles.lake.partition.PartitionListing;
import dev.candles.text.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the files of one partition say: lists them, then reads or hashes them. What is wrong is a
 * finding, never an end.
 */
final class PartitionScan {
  /** More versions of a day's candles than this are not the collector's work. */
  static final int MAX_ROWS = 200_000;

  private final LakeLayout layout;
  private final PartitionListing listing;
  private final Findings findings = new Findings();
  private final List<FileFact> facts = new ArrayList<>();
  private boolean damaged;
  private boolean vanished;

  private PartitionScan(LakeLayout layout, PartitionListing listing) {
    this.layout = layout;
    this.listing = listing;
    listing.problems().forEach(this::report);
  }

  /** Lists a partition. */
  static PartitionScan of(LakeLayout layout, Partition partition) {
    return new PartitionScan(layout, PartitionListing.of(layout, partition, DataFiles.MAX_FILES));
  }

  private void report(ListingProblem problem) {
    switch (problem.kind()) {
      case UNLISTABLE -> damaged(FindingType.UNLISTABLE, problem);
      case TOO_MANY_FILES -> damaged(FindingType.TOO_MANY_FILES, problem);
      case FOREIGN_FILE -> report(FindingType.FOREIGN_FILE, problem);
      case INTENT_UNBELIEVABLE, MANIFEST_UNBELIEVABLE ->
          report(FindingType.MANIFEST_UNBELIEVABLE, problem);
      case FILE_MISSING -> {
        if (listing.manifest().isEmpty()) { // what a manifest names is looked for by #rows
          damaged(FindingType.SEALED_FILE_MISSING, problem);
        }
      }
      case OTHER_LENGTH -> {} // its hash differs too, which is found when it is read
    }
  }

  private void damaged(FindingType kind, ListingProblem problem) {
    damaged = true;
    report(kind, problem);
  }

  private void report(FindingType kind, ListingProblem problem) {
    report(kind, relative(problem.path()), problem.detail());
  }

  PartitionListing listing() {
    return listing;
  }

  Partition partition() {
    return listing.partition();
  }

  /** The manifest; to be asked for only where there is one. */
  Manifest manifest() {
    return listing.manifest().orElseThrow();
  }

  Findings findings() {
    return findings;
  }

  /** Whether something of it could not be read, so that nothing can be said of what is missing. */
  boolean isDamaged() {
    return damaged;
  }

  /** Whether a file was listed and then gone: a compaction is at work. */
  boolean hasVanished() {
    return vanished;
  }

  /** The files that were read or hashed last. */
  List<FileFact> facts() {
    return List.copyOf(facts);
  }

  /** The files as the manifest has them, which may lie in another lake. */
  List<FileFact> sealedFacts(Manifest manifest) {
    List<FileFact> sealed = new ArrayList<>();
    sealedFacts(Folder.CANDLES, manifest.files(), sealed);
    sealedFacts(Folder.REVISIONS, manifest.revisions(), sealed);
    return sealed;
  }

  private void sealedFacts(Folder kind, List<SealedFile> files, List<FileFact> facts) {
    Path folder = layout.partition(kind, partition());
    files.stream()
        .sorted(Comparator.comparing(SealedFile::name))
        .map(
            file ->
                new FileFact(
                    relative(folder.resolve(file.name())),
                    file.bytes(),
                    file.rows(),
                    file.sha256()))
        .forEach(facts::add);
  }

  /** Whether every file still has the hash that the manifest says. */
  boolean unchanged(Manifest manifest) throws IOException {
    facts.clear();
    return unchanged(listing.candles(), manifest.files())
        && unchanged(listing.revisions(), manifest.revisions());
  }

  private boolean unchanged(List<Path> files, List<SealedFile> sealed) throws IOException {
    Map<String, SealedFile> known = byName(sealed);
    for (Path file : files) {
      SealedFile one = known.get(String.valueOf(file.getFileName()));
      if (one == null || Files.size(file) != one.bytes() || !Sha256.of(file).equals(one.sha256())) {
        return false;
      }
      facts.add(new FileFact(relative(file), one.bytes(), one.rows(), one.sha256()));
    }
    return true;
  }

  /** Every row; files that are no good are reported and left out. */
  Day read() {
    facts.clear();
    Manifest manifest = listing.manifest().orElse(null);
    List<SealedFile> sealed = manifest == null ? List.of() : manifest.files();
    List<SealedFile> sealedRevisions = manifest == null ? List.of() : manifest.revisions();
    boolean archived = listing.isArchived(); // what was sealed is judged where it lies now
    Day day =
        new Day(
            partition(),
            rows(archived ? listing.laterCandles() : listing.candles(), byName(sealed)),
            rows(
                archived ? listing.laterRevisions() : listing.revisions(),
                byName(sealedRevisions)));
    if (manifest != null
        && !listing.isArchived()
        && !damaged
        && !day.present().equals(manifest.present())) {
      manifestLies(manifest, day);
    }
    return day;
  }

  private void manifestLies(Manifest manifest, Day day) {
    boolean more = manifest.present().minus(day.present()).isEmpty();
    if (!more || isAsSealed()) { // files that came later may hold more
      String value =
          String.format(
              Locale.ROOT,
              "manifest has %s, the files have %d",
              Counted.of(manifest.rows(), "candle"),
              manifest.count(day.present()));
      report(FindingType.MANIFEST_LIES, "", value);
    }
  }

  private List<Day.Row> rows(List<Path> files, Map<String, SealedFile> sealed) {
    List<Day.Row> rows = new ArrayList<>();
    for (Path file : files) {
      SealedFile known = sealed.remove(String.valueOf(file.getFileName()));
      if (rows.size() <= MAX_ROWS) {
        add(file, known, rows);
      } else {
        facts.add(new FileFact(relative(file), 0, 0, ""));
      }
    }
    if (rows.size() > MAX_ROWS) {
      damaged = true; // what was not read may say something else
      report(FindingType.TOO_MANY_ROWS, folder(files), "more than " + MAX_ROWS + " rows");
      rows.clear();
    }
    for (SealedFile missing : sealed.values()) {
      if (!listing.isArchived()) {
        damaged = true;
        report(FindingType.SEALED_FILE_MISSING, missing.name(), Counted.of(missing.rows(), "row"));
      }
    }
    return rows;
  }

  private void add(Path file, @Nullable SealedFile sealed, List<Day.Row> rows) {
    String path = relative(file);
    try {
      RawFile raw = RawFile.read(file, partition());
      facts.add(new FileFact(path, raw.bytes(), raw.rows().size(), raw.sha256()));
      if (sealed != null && !raw.sha256().equals(sealed.sha256())) {
        report(FindingType.SEALED_FILE_CHANGED, path, "sha256=" + raw.sha256());
      }
      if (raw.wrongFooter().isEmpty()) {
        raw.rows().forEach(row -> rows.add(new Day.Row(row, path)));
      } else {
        report(FindingType.FOOTER_DIFFERS, path, String.join(", ", raw.wrongFooter()));
        damaged = true; // its rows are not of this partition
      }
    } catch (UnreadableFileException e) {
      damaged = true;
      facts.add(new FileFact(path, 0, 0, ""));
      FindingType kind = sealed == null ? FindingType.UNREADABLE : FindingType.SEALED_FILE_CHANGED;
      report(kind, path, String.valueOf(e.getCause()));
    } catch (NoSuchFileException gone) {
      damaged = true; // nothing can be said of what is missing
      vanished = true;
      report(FindingType.UNREADABLE, path, "files keep vanishing while they are read");
    } catch (IOException e) {
      damaged = true;
      report(FindingType.UNREADABLE, path, e.toString());
    }
  }

  private void report(FindingType kind, String file, String value) {
    findings.add(new Finding(kind, partition().stream().id(), file, partition().fromMs(), value));
  }

  private String folder(List<Path> files) {
    return relative(files.get(0).resolveSibling(".").normalize());
  }

  private String relative(Path file) {
    return layout.root().relativize(file).toString();
  }

  /** Whether the files are, by name, those of the manifest, and nothing was found wrong so far. */
  boolean isAsSealed() {
    return listing.isAsSealed() && findings.isEmpty();
  }

  private static Map<String, SealedFile> byName(List<SealedFile> files) {
    Map<String, SealedFile> names = new HashMap<>();
    files.forEach(file -> names.put(file.name(), file));
    return names;
  }
}
