package dev.candles.cli.status;

import java.util.Locale;

/** A number and what it counts, for people. */
final class Counted {
  private Counted() {}

  /** Like {@code 1 interval}, {@code 1,200 intervals}. */
  static String of(long number, String word) {
    return String.format(Locale.ROOT, "%,d %s%s", number, word, number == 1 ? "" : "s");
  }
}
