package dev.candles.cli.replay;

import org.jspecify.annotations.Nullable;

/**
 * Cuts lines into JSON values: one per line, or one over many lines. What starts with an angle
 * bracket is a page in the venue's place and goes on to the end.
 */
final class JsonPieces {
  private final int maxChars;
  private final StringBuilder piece = new StringBuilder();
  private int depth;
  private boolean quoted;
  private boolean escaped;
  private boolean page;

  JsonPieces(int maxChars) {
    this.maxChars = maxChars;
  }

  /** Whether a value has begun and not ended. */
  boolean open() {
    return !piece.isEmpty();
  }

  /** Takes a line; false if the value becomes too large: it is forgotten. */
  boolean add(String line) {
    if (piece.isEmpty()) {
      page = line.stripLeading().startsWith("<");
    }
    if (piece.length() + line.length() >= maxChars) {
      reset();
      return false;
    }
    piece.append(line).append('\n');
    for (int i = 0; i < line.length(); i++) {
      follow(line.charAt(i));
    }
    quoted = false; // no text of JSON goes over lines
    escaped = false;
    return true;
  }

  private void follow(char c) {
    if (quoted) {
      quoted = escaped || c != '"';
      escaped = !escaped && c == '\\';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      depth--;
    }
  }

  /** The value that the last line ended, or null if it goes on. */
  @Nullable String whole() {
    return depth > 0 || page ? null : rest();
  }

  /** What has begun, whole or not, or null if nothing has. */
  @Nullable String rest() {
    String text = piece.toString().strip();
    reset();
    return text.isEmpty() ? null : text;
  }

  private void reset() {
    piece.setLength(0);
    depth = 0;
    page = false;
  }
}
