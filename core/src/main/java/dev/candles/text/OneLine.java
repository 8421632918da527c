package dev.candles.text;

import java.util.regex.Pattern;

/** Makes words from outside fit for one line of a log: no line breaks, bounded length. */
public final class OneLine {
  private static final int MAX_CHARS = 200;
  private static final String CONTROL = "\\p{Cc}\\u2028\\u2029";
  private static final Pattern ONE = Pattern.compile("[" + CONTROL + "]");
  private static final Pattern BREAKS = Pattern.compile("[" + CONTROL + "\\s]+");

  private OneLine() {}

  /** Whether a viewer or a terminal would act on a character: control or line separator. */
  public static boolean isActedOn(int character) {
    return ONE.matcher(Character.toString(character)).matches();
  }

  /** The text with {@code mark} for each character that a viewer or a terminal would act on. */
  public static String masked(String text, String mark) {
    return ONE.matcher(text).replaceAll(mark);
  }

  /** The text with every run of control characters and blanks as one blank, cut. */
  public static String of(String text) {
    String line = BREAKS.matcher(Cut.to(4 * MAX_CHARS, text)).replaceAll(" ").strip();
    return Cut.to(MAX_CHARS, line);
  }
}
