package dev.candles.lake.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Files that we write short, and that may be anything by the time they are read: no more is read of
 * one than it may have, and a pipe, which might never end, is not opened.
 */
public final class SmallFile {
  private SmallFile() {}

  /**
   * Reads a file whole; a link is followed.
   *
   * @param most bytes that it may have
   * @return empty if it is longer, or no regular file
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it cannot be read
   */
  public static Optional<byte[]> bytes(Path file, int most) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      return bytes.length > most ? Optional.empty() : Optional.of(bytes);
    }
  }

  /**
   * Reads a file of UTF-8 as {@link #bytes} does; what is not UTF-8 becomes a replacement
   * character.
   *
   * @param most bytes that it may have
   * @return empty if it is longer, or no regular file
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it cannot be read
   */
  public static Optional<String> text(Path file, int most) throws IOException {
    return bytes(file, most).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
