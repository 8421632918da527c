package dev.candles.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small file of the lake. Whoever makes one can compute its hashes, so that an input with a wrong
 * one is put right by what the reader itself says, and read again.
 */
final class Sealed implements Target {
  private static final Pattern WRONG_HASH =
      Pattern.compile("(?:root|seal)_sha256 is wrong: expected=([0-9a-f]{64}), found=(.*)");
  private static final int MAX_HASHES = 2;

  /** Reads a file, and what was read again after it was written. */
  interface Reading {
    /**
     * Reads it.
     *
     * @throws IOException if it is refused
     */
    void read(Path file) throws IOException;
  }

  private final Path file;
  private final Reading reading;

  Sealed(Path file, Reading reading) {
    this.file = file;
    this.reading = reading;
    file.toFile().deleteOnExit();
  }

  @Override
  public void take(byte[] input) throws IOException {
    byte[] content = input;
    for (int hashes = 0; hashes <= MAX_HASHES; hashes++) {
      Files.write(file, content);
      try {
        reading.read(file);
        return;
      } catch (IOException refused) {
        Find.unlessSaid(refused);
        content = corrected(content, String.valueOf(refused.getMessage()));
        if (content.length == 0) {
          return;
        }
      }
    }
  }

  private static byte[] corrected(byte[] content, String refusal) {
    Matcher wrong = WRONG_HASH.matcher(refusal);
    String text = new String(content, StandardCharsets.UTF_8);
    if (!wrong.find() || wrong.group(2).isEmpty() || !text.contains(wrong.group(2))) {
      return new byte[0];
    }
    return text.replace(wrong.group(2), wrong.group(1)).getBytes(StandardCharsets.UTF_8);
  }
}
