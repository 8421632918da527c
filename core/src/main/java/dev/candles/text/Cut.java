package dev.candles.text;

/** Cuts texts from outside: never between the halves of a character, which nobody could write. */
public final class Cut {
  private Cut() {}

  /** The text, or so many chars of its beginning as are at most {@code most} and whole. */
  public static String to(int most, String text) {
    if (text.length() <= most) {
      return text;
    }
    boolean halves =
        Character.isHighSurrogate(text.charAt(most - 1))
            && Character.isLowSurrogate(text.charAt(most));
    return text.substring(0, halves ? most - 1 : most);
  }
}
