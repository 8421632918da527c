package dev.candles.lake.disk;

import dev.candles.lake.layout.DataFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all, also after the power failed. */
public final class Durable {
  private Durable() {}

  /** Where a file of this name is written before it gets its name; never taken for data. */
  public static Path temporary(Path file) {
    return file.resolveSibling("." + file.getFileName() + DataFiles.TEMPORARY_SUFFIX);
  }

  /**
   * Puts a small file in its place in one step: temporary name, flush, rename, flush of the folder.
   *
   * @throws IOException if it cannot be written: what was there before is there still. Only if the
   *     folder's flush fails the file is the new one already, whole, and may be the old one again
   *     after the power failed. What could not be cleared away is in {@link
   *     Throwable#getSuppressed}, never in place of the cause
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, temporary(file));
  }

  /**
   * {@link #write(Path, byte[])} for a file that several may write at the same time.
   *
   * @param temporary a name in the same folder that nobody else uses
   * @throws IOException as there
   */
  public static void write(Path file, byte[] content, Path temporary) throws IOException {
    try {
      Files.write(temporary, content);
      flush(temporary);
      publish(temporary, file);
    } catch (IOException | RuntimeException | Error failed) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException left) {
        failed.addSuppressed(left);
      }
      throw failed;
    }
  }

  /**
   * Gives a flushed file its name and flushes the folder.
   *
   * @throws IOException if it cannot be renamed in one step
   */
  public static void publish(Path temporary, Path file) throws IOException {
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    flushFolder(file.resolveSibling("."));
  }

  /**
   * Flushes a file's content to the disk.
   *
   * @throws IOException if the disk refuses
   */
  public static void flush(Path file) throws IOException {
    flush(file, StandardOpenOption.WRITE);
  }

  /**
   * Flushes the names in a folder to the disk.
   *
   * @throws IOException if the disk refuses
   */
  public static void flushFolder(Path folder) throws IOException {
    flush(folder, StandardOpenOption.READ);
  }

  /**
   * Makes a folder, and those above it that lack. The names of all folders from {@code top} down to
   * it are on the disk afterwards, also those that somebody made who was killed before he flushed.
   *
   * @param top a folder at or above it, which may lack too
   * @throws IOException if one cannot be made, or the disk refuses
   */
  public static void createFolders(Path top, Path folder) throws IOException {
    Path last = top.toAbsolutePath().normalize();
    boolean whole = Files.isDirectory(last);
    Path made = Files.createDirectories(folder.toAbsolutePath().normalize());
    Path above = made.getParent();
    while (above != null && above.startsWith(last)) {
      flushFolder(above);
      above = above.getParent();
    }
    if (!whole && above != null) {
      flushFolder(above);
    }
  }

  private static void flush(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
