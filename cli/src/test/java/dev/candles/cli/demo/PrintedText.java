package dev.candles.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process has printed a text by now; each look reads on where the last one ended. */
final class PrintedText {
  private final Path output;
  private final String text;
  private boolean isThere;
  private long readBytes;

  /**
   * @param text within a line; an empty one is there from the start
   */
  PrintedText(Path output, String text) {
    this.output = output;
    this.text = text;
    this.isThere = text.isEmpty();
  }

  boolean isThere() throws IOException {
    if (!isThere) {
      byte[] more;
      try (InputStream in = Files.newInputStream(output)) {
        in.skipNBytes(readBytes);
        more = in.readAllBytes();
      }
      isThere = new String(more, StandardCharsets.UTF_8).contains(text);
      readBytes += wholeLines(more);
    }
    return isThere;
  }

  /** How many of these bytes are lines with an end: the rest is read once more. */
  private static int wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}
