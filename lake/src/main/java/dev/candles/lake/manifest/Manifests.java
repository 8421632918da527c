package dev.candles.lake.manifest;

import dev.candles.lake.disk.Durable;
import dev.candles.lake.json.StrictJson;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The manifest's file in the folder of its partition, {@value #NAME}. */
public final class Manifests {
  /** The file's name; no reader of data takes it for data. */
  public static final String NAME = "_manifest.json";

  /** A day of minutes with every other one missing has some 60 KB. */
  private static final int MAX_BYTES = 1 << 20;

  private Manifests() {}

  /**
   * Reads the manifest of a partition.
   *
   * @param folder the partition's folder
   * @return empty if there is none
   * @throws ManifestException if it is cut short, too large, of another partition, or contradicts
   *     itself or its own hashes
   * @throws IOException if it cannot be loaded
   */
  public static Optional<Manifest> read(Path folder, Partition partition) throws IOException {
    Path file = folder.resolve(NAME);
    byte[] bytes;
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new ManifestException(file, new IOException("not a regular file"));
      }
      if (attributes.size() > MAX_BYTES) {
        throw new ManifestException(
            file, new IOException("too large: bytes=" + attributes.size() + ", max=" + MAX_BYTES));
      }
      bytes = StrictJson.load(file, MAX_BYTES);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
    try {
      return Optional.of(ManifestJson.decode(StrictJson.parse(bytes), partition));
    } catch (IOException | IllegalArgumentException e) {
      throw new ManifestException(file, e); // the disk has no part in it any more
    }
  }

  /**
   * Puts the manifest of a partition in its place in one step, also if there is one already.
   *
   * @param folder the partition's folder
   * @throws IOException if it cannot be written; the one before is there still
   */
  public static void write(Path folder, Manifest manifest) throws IOException {
    Durable.write(folder.resolve(NAME), ManifestJson.encode(manifest));
  }
}
