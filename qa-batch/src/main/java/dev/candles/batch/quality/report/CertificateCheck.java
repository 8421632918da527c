package dev.candles.batch.quality.report;

import dev.candles.batch.quality.scan.FileFact;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.partition.Snapshot;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.text.Counted;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Compares a certificate with the lake as it is now, from the files alone. */
public final class CertificateCheck {
  private static final long DAY_MS = Timeframe.D1.millis();

  private CertificateCheck() {}

  /**
   * What differs, one line each; none if the lake still holds what was certified, and nothing was
   * found wrong with it then.
   *
   * @throws IOException if the lake cannot be listed or read
   */
  public static List<String> differences(Path root, Certificate certificate) throws IOException {
    LakeLayout layout = new LakeLayout(root);
    List<String> differences = new ArrayList<>();
    long fromMs = certificate.date().toEpochDay() * DAY_MS;
    Map<String, StateCounts> counts = new TreeMap<>();
    for (StreamAccount account :
        new LakeAccounts(root)
            .read(s -> s.venue().equals(certificate.venue()), Long.MIN_VALUE, Long.MAX_VALUE)) {
      counts.put(account.stream().id(), account.counts(fromMs, fromMs + DAY_MS));
    }
    for (Certificate.Stream stream : certificate.streams()) {
      Partition partition = new Partition(stream.stream(), certificate.date());
      differences.addAll(
          Snapshot.read(layout, partition, files -> differences(layout, stream, files)));
      if (stream.findings() > 0) {
        differences.add(
            String.format(
                Locale.ROOT,
                "%s: %s when it was certified",
                stream.stream(),
                Counted.of(stream.findings(), "finding")));
      }
      StateCounts now = counts.getOrDefault(stream.stream().id(), StateCounts.NONE);
      if (!now.equals(stream.counts())) {
        differences.add(
            String.format(
                Locale.ROOT, "%s: certified %s, found %s", stream.stream(), stream.counts(), now));
      }
    }
    return differences;
  }

  /** What a killed or running compaction replaces does not count, as for every reader. */
  private static List<String> differences(
      LakeLayout layout, Certificate.Stream stream, Snapshot files) throws IOException {
    List<String> differences = new ArrayList<>();
    Map<String, Path> found = new TreeMap<>();
    for (List<Path> folder : List.of(files.candles(), files.revisions())) {
      folder.forEach(file -> found.put(layout.root().relativize(file).toString(), file));
    }
    Map<String, String> believed =
        files
            .manifest()
            .filter(manifest -> manifest.archivedTo() != null)
            .map(manifest -> elsewhere(layout, manifest, found))
            .orElse(Map.of());
    for (FileFact certified : stream.files()) {
      Path file = found.remove(certified.path());
      String sealed = believed.get(certified.path());
      if (file == null && sealed == null) {
        differences.add(OneLine.of(certified.path()) + ": is not there");
      } else if (file == null
          ? !certified.sha256().equals(sealed)
          : Files.size(file) != certified.bytes() || !Sha256.of(file).equals(certified.sha256())) {
        differences.add(OneLine.of(certified.path()) + ": has changed");
      }
    }
    found.keySet().forEach(path -> differences.add(OneLine.of(path) + ": came later"));
    return differences;
  }

  /**
   * The archived files of a partition: those in an archive that can be reached are found there.
   *
   * @return of an archive that cannot be reached the hashes that the manifest has, by path
   */
  private static Map<String, String> elsewhere(
      LakeLayout layout, Manifest manifest, Map<String, Path> found) {
    Optional<Path> archive = folder(Objects.requireNonNull(manifest.archivedTo()));
    Map<String, String> believed = new TreeMap<>();
    for (Folder folder : List.of(Folder.CANDLES, Folder.REVISIONS)) {
      Path here = layout.partition(folder, manifest.partition());
      for (SealedFile file : folder == Folder.CANDLES ? manifest.files() : manifest.revisions()) {
        String path = layout.root().relativize(here.resolve(file.name())).toString();
        if (archive.isEmpty()) {
          believed.put(path, file.sha256());
        } else if (Files.isRegularFile(archive.get().resolve(path))) {
          found.putIfAbsent(path, archive.get().resolve(path));
        }
      }
    }
    return believed;
  }

  /** The folder of this name; empty if there is none, or none of this machine is called so. */
  private static Optional<Path> folder(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Files::isDirectory);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
