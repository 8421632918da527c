package dev.candles.lake.parquet;

import dev.candles.text.Cut;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that could be loaded but is not one of the lake's: cut short, corrupt, or foreign. Other
 * failures to load it stay what they are.
 */
public final class UnreadableFileException extends IOException {
  private static final int MAX_CHARS = 1_000;

  private final transient Path file;

  UnreadableFileException(Path file, Throwable cause) {
    super("not a readable file of the lake: file=" + file + ", error=" + said(cause), cause);
    this.file = file;
  }

  /** What is told of a file may hold words of the file. */
  private static String said(Throwable cause) {
    return Cut.to(MAX_CHARS, String.valueOf(cause));
  }

  /** The file. */
  public Path file() {
    return file;
  }
}
