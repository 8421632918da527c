package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.job.sink.FlinkPath;
import dev.candles.text.Counted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** The jar that is sent to a cluster: it must hold the classes that this program builds jobs of. */
record ClusterJar(Path file) {
  private static final String OURS = "dev/candles/";
  private static final int LEAST = 100;

  /**
   * Checks it.
   *
   * @throws RefusedException if it is of another build, or none
   */
  static ClusterJar of(Path file) throws IOException, RefusedException {
    int classes = 0;
    try (JarFile jar = new JarFile(file.toFile())) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().startsWith(OURS) && entry.getName().endsWith(".class")) {
          classes++;
          requireEqual(file, entry);
        }
      }
    } catch (ZipException e) {
      throw another(file, String.valueOf(e.getMessage()));
    }
    if (classes < LEAST) {
      throw another(file, Counted.of(classes, "class", "classes") + " of it");
    }
    return new ClusterJar(file);
  }

  private static void requireEqual(Path file, JarEntry entry) throws IOException, RefusedException {
    try (InputStream own = ClusterJar.class.getClassLoader().getResourceAsStream(entry.getName())) {
      CRC32 crc = new CRC32();
      if (own != null) {
        crc.update(own.readAllBytes());
      }
      if (own == null || crc.getValue() != entry.getCrc()) {
        throw another(file, entry.getName() + " differs");
      }
    }
  }

  private static RefusedException another(Path file, String how) {
    return new RefusedException(
        String.format(
            Locale.ROOT,
            "the jar to submit is not of this build: %s, %s; build or copy the program anew",
            file,
            how));
  }

  /** As Flink is told of it. */
  String address() {
    return FlinkPath.text(file);
  }
}
