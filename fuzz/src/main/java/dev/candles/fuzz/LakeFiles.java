package dev.candles.fuzz;

import dev.candles.batch.quality.report.Certificate;
import dev.candles.batch.quality.report.CertificateCheck;
import dev.candles.batch.quality.report.CertificateJson;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.partition.Intent;
import dev.candles.lake.partition.Intents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** Readers of the lake's small files: what one accepts can be used, written and read again. */
final class LakeFiles {
  private static final Partition PARTITION =
      new Partition(new StreamKey("okx", "BTC-USDT", Timeframe.H1), LocalDate.of(2026, 1, 9));

  private LakeFiles() {}

  static Target manifests() {
    return new Sealed(folder().resolve(Manifests.NAME), LakeFiles::manifest);
  }

  private static void manifest(Path file) throws IOException {
    Path folder = file.resolveSibling(".");
    Manifest manifest = Manifests.read(folder, PARTITION).orElseThrow();
    Find.unless(manifest.rows() <= Timeframe.H1.perDay(), "rows", manifest);
    for (SealedFile held : manifest.files()) {
      inFolder(held.name());
      Find.unless(held.rows() <= Timeframe.H1.perDay(), "rows of a file", held);
    }
    manifest.revisions().forEach(held -> inFolder(held.name()));
    String archive = manifest.archivedTo();
    if (archive != null) {
      Find.unless(!Path.of(archive).toString().isEmpty(), "no archive", archive);
      Proper.oneLine(archive);
    }
    written(() -> Manifests.write(folder, manifest));
    Manifest again = Manifests.read(folder, PARTITION).orElseThrow();
    Find.unless(again.equals(manifest), "another after it was written", manifest);
  }

  static Target intents() {
    return new Sealed(folder().resolve(Intents.NAME), LakeFiles::intent);
  }

  private static void intent(Path file) throws IOException {
    Path folder = file.resolveSibling(".");
    Intent intent = Intents.read(folder, PARTITION).orElseThrow();
    intent.candles().forEach(LakeFiles::inFolder);
    intent.revisions().forEach(LakeFiles::inFolder);
    inFolder(intent.current().name());
    written(() -> Intents.write(folder, intent));
    Intent again = Intents.read(folder, PARTITION).orElseThrow();
    Find.unless(again.equals(intent), "another after it was written", intent);
  }

  static Target certificates() {
    Path lake = folder();
    return new Sealed(folder().resolve("2026-01-09.json"), file -> certificate(file, lake));
  }

  private static void certificate(Path file, Path emptyLake) throws IOException {
    Certificate certificate = CertificateJson.read(file);
    CertificateCheck.differences(emptyLake, certificate).forEach(Proper::oneLine);
    written(() -> Files.write(file, CertificateJson.encode(certificate)));
    Certificate again = CertificateJson.read(file);
    Find.unless(again.equals(certificate), "another after it was written", certificate);
  }

  private interface Writing {
    void write() throws IOException;
  }

  /** What was read can be written. */
  private static void written(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new Find("read but not to be written", e);
    }
  }

  private static void inFolder(String name) {
    Path folder = Path.of("folder");
    Path resolved = folder.resolve(name).normalize();
    Find.unless(folder.equals(resolved.getParent()), "leaves its folder", name);
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("candles-fuzz-");
      folder.toFile().deleteOnExit(); // after the file in it, which is named later
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder", e);
    }
  }
}
