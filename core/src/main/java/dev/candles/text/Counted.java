package dev.candles.text;

import java.util.Locale;

/** A number and what it counts, for people. */
public final class Counted {
  private Counted() {}

  /** Like {@code 1 interval}, {@code 1,200 intervals}. */
  public static String of(long number, String word) {
    return of(number, word, word + "s");
  }

  /**
   * The same of a word that has another plural.
   *
   * @param word of one
   * @param words of several, and of none
   */
  public static String of(long number, String word, String words) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? word : words);
  }
}
