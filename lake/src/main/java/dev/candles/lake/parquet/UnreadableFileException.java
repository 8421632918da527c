package dev.candles.lake.parquet;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that could be loaded but is not one of the lake's: cut short, corrupt, or foreign. Other
 * failures to load it stay what they are.
 */
public final class UnreadableFileException extends IOException {
  private final transient Path file;

  UnreadableFileException(Path file, Throwable cause) {
    super("not a readable file of the lake: file=" + file + ", error=" + cause, cause);
    this.file = file;
  }

  /** The file. */
  public Path file() {
    return file;
  }
}
