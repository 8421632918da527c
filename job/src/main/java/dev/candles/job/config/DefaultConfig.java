package dev.candles.job.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The commented configuration that the first run writes. */
public final class DefaultConfig {
  private static final String RESOURCE = "default-config.yaml";

  private DefaultConfig() {}

  /** The text. */
  public static String text() {
    try (InputStream in = DefaultConfig.class.getResourceAsStream(RESOURCE)) {
      return new String(
          Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("resource cannot be read: " + RESOURCE, e);
    }
  }

  /**
   * Writes the text to {@code file} unless something is there.
   *
   * @return whether it was written
   * @throws IOException if it cannot be written
   */
  public static boolean writeIfMissing(Path file) throws IOException {
    if (Files.exists(file)) {
      return false;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      Files.writeString(file, text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false; // another process was faster, which is as good
    }
  }
}
