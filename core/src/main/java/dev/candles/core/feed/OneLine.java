package dev.candles.core.feed;

/** Makes words from outside fit for one line of a log: no line breaks, bounded length. */
public final class OneLine {
  private static final int MAX_CHARS = 200;

  private OneLine() {}

  /** The text with every run of control characters and blanks as one blank, cut. */
  public static String of(String text) {
    String cut = text.length() <= 4 * MAX_CHARS ? text : text.substring(0, 4 * MAX_CHARS);
    String line = cut.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS);
  }
}
