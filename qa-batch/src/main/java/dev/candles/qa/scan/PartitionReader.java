package dev.candles.qa.scan;

import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.RawFile;
import dev.candles.lake.parquet.UnreadableFileException;
import dev.candles.qa.check.Day;
import dev.candles.qa.check.Finding;
import dev.candles.qa.check.Kind;
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

/** Reads or hashes the files of one partition; what cannot be read is a finding, never an end. */
final class PartitionReader {
  /** More versions of a day's candles than this are not the collector's work. */
  static final int MAX_ROWS = 200_000;

  private final LakeLayout layout;
  private final Listed listed;
  private final List<FileFact> facts = new ArrayList<>();

  PartitionReader(LakeLayout layout, Listed listed) {
    this.layout = layout;
    this.listed = listed;
  }

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
    Path folder = layout.partition(kind, listed.partition);
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
    return unchanged(listed.candles, manifest.files())
        && unchanged(listed.revisions, manifest.revisions());
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
    Manifest manifest = listed.manifest;
    List<SealedFile> sealed = manifest == null ? List.of() : manifest.files();
    List<SealedFile> sealedRevisions = manifest == null ? List.of() : manifest.revisions();
    Day day =
        new Day(
            listed.partition,
            rows(listed.candles, byName(sealed)),
            rows(listed.revisions, byName(sealedRevisions)));
    if (manifest != null
        && !listed.archived()
        && !listed.damaged
        && !day.present().equals(manifest.present())) {
      manifestLies(manifest, day);
    }
    return day;
  }

  private void manifestLies(Manifest manifest, Day day) {
    boolean more = manifest.present().minus(day.present()).isEmpty();
    if (!more || listed.asSealed()) { // files that came later may hold more
      String value =
          String.format(
              Locale.ROOT,
              "manifest has %d candles, the files have %d",
              manifest.rows(),
              manifest.count(day.present()));
      report(Kind.MANIFEST_LIES, "", value);
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
      listed.damaged = true; // what was not read may say something else
      report(Kind.TOO_MANY_ROWS, folder(files), "more than " + MAX_ROWS + " rows");
      rows.clear();
    }
    for (SealedFile missing : sealed.values()) {
      if (!listed.archived()) {
        listed.damaged = true;
        report(Kind.SEALED_FILE_MISSING, missing.name(), missing.rows() + " rows");
      }
    }
    return rows;
  }

  private void add(Path file, @Nullable SealedFile sealed, List<Day.Row> rows) {
    String path = relative(file);
    try {
      RawFile raw = RawFile.read(file, listed.partition);
      facts.add(new FileFact(path, raw.bytes(), raw.rows().size(), raw.sha256()));
      if (sealed != null && !raw.sha256().equals(sealed.sha256())) {
        report(Kind.SEALED_FILE_CHANGED, path, "sha256=" + raw.sha256());
      }
      if (raw.wrongFooter().isEmpty()) {
        raw.rows().forEach(row -> rows.add(new Day.Row(row, path)));
      } else {
        report(Kind.FOOTER_DIFFERS, path, String.join(", ", raw.wrongFooter()));
        listed.damaged = true; // its rows are not of this partition
      }
    } catch (UnreadableFileException e) {
      listed.damaged = true;
      facts.add(new FileFact(path, 0, 0, ""));
      Kind kind = sealed == null ? Kind.UNREADABLE : Kind.SEALED_FILE_CHANGED;
      report(kind, path, String.valueOf(e.getCause()));
    } catch (NoSuchFileException vanished) {
      listed.damaged = true; // nothing can be said of what is missing
      listed.vanished = true;
    } catch (IOException e) {
      listed.damaged = true;
      report(Kind.UNREADABLE, path, e.toString());
    }
  }

  private void report(Kind kind, String file, String value) {
    listed.findings.add(
        new Finding(kind, listed.partition.stream().id(), file, listed.partition.fromMs(), value));
  }

  private String folder(List<Path> files) {
    return relative(files.get(0).resolveSibling(".").normalize());
  }

  private String relative(Path file) {
    return layout.root().relativize(file).toString();
  }

  private static Map<String, SealedFile> byName(List<SealedFile> files) {
    Map<String, SealedFile> names = new HashMap<>();
    files.forEach(file -> names.put(file.name(), file));
    return names;
  }
}
