package dev.candles.lake.compact;

import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The data files of one partition, of candles and of revisions, by name.
 *
 * @param bytes their length together
 */
record Inputs(Partition partition, List<Path> candles, List<Path> revisions, long bytes) {

  static Inputs of(LakeLayout layout, Partition partition) throws IOException {
    List<Path> candles = DataFiles.in(layout.partition(Folder.CANDLES, partition));
    List<Path> revisions = DataFiles.in(layout.partition(Folder.REVISIONS, partition));
    int most = Math.max(candles.size(), revisions.size());
    if (most > DataFiles.MAX_FILES) {
      throw new IOException(
          "too many files in one partition: files=" + most + ", max=" + DataFiles.MAX_FILES);
    }
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

  /** Refuses a partition that lost a file that was sealed, or in which one has another length. */
  void mustHold(Manifest manifest) throws IOException {
    for (SealedFile file : manifest.files()) {
      mustHold(file, candles);
    }
    for (SealedFile file : manifest.revisions()) {
      mustHold(file, revisions);
    }
  }

  /** Refuses a partition in which a sealed file was changed: it is about to be merged. */
  void mustMatch(Manifest manifest) throws IOException {
    for (SealedFile file : manifest.files()) {
      mustMatch(file, mustHold(file, candles));
    }
    for (SealedFile file : manifest.revisions()) {
      mustMatch(file, mustHold(file, revisions));
    }
  }

  private static Path mustHold(SealedFile file, List<Path> listed) throws IOException {
    for (Path path : listed) {
      if (Folders.name(path).equals(file.name())) {
        long bytes = Files.size(path);
        if (bytes != file.bytes()) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "file has another length than the manifest says: file=%s, expected=%d, bytes=%d",
                  path,
                  file.bytes(),
                  bytes));
        }
        return path;
      }
    }
    throw new IOException("manifest names a file that is gone: " + file.name());
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

  boolean areAllIn(Manifest manifest) {
    return manifest.files().size() == candles.size()
        && manifest.revisions().size() == revisions.size();
  }

  boolean isEmpty() {
    return candles.isEmpty() && revisions.isEmpty();
  }

  /** Those that the manifest does not name: they came later. */
  Inputs without(Manifest manifest) throws IOException {
    List<Path> later = without(candles, manifest.files());
    List<Path> older = without(revisions, manifest.revisions());
    return new Inputs(partition, later, older, bytes(later) + bytes(older));
  }

  private static List<Path> without(List<Path> files, List<SealedFile> sealed) {
    Set<String> names = sealed.stream().map(SealedFile::name).collect(Collectors.toSet());
    return files.stream().filter(file -> !names.contains(Folders.name(file))).toList();
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
