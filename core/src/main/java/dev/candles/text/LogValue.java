package dev.candles.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value of {@code key=value} in a line of the log, so that a program reads it as one. */
public final class LogValue {
  /** No path is longer. */
  private static final int MAX_CHARS = 4_096;

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");
  private static final Pattern BARE = Pattern.compile("[^\\s\"=]+");
  private static final Pattern ESCAPED = Pattern.compile("[\"\\\\]");

  private LogValue() {}

  /**
   * The value as it is if it is one word, else in double quotes, within which a double quote and a
   * backslash have a backslash before them. A word has no blank, quote or equals sign. What a
   * terminal acts on is a blank. What is longer than any path is cut: it may be from outside.
   */
  public static String of(@Nullable Object value) {
    String line = BREAKS.matcher(Cut.to(MAX_CHARS, String.valueOf(value))).replaceAll(" ");
    if (BARE.matcher(line).matches()) {
      return line;
    }
    return '"' + ESCAPED.matcher(line).replaceAll("\\\\$0") + '"';
  }
}
