package dev.candles.fuzz;

import java.nio.charset.StandardCharsets;

/** The text of an input, and what it chooses by the blank that it ends in, as JSON and YAML may. */
final class Choice {
  private static final String BLANKS = "\n \t\r";

  private Choice() {}

  static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** One of {@code options}; the first if the input ends in no blank, or in a line feed. */
  @SafeVarargs
  static <T> T of(byte[] input, T... options) {
    int chosen = input.length == 0 ? 0 : BLANKS.indexOf(input[input.length - 1]);
    return options[Math.max(0, Math.min(chosen, options.length - 1))];
  }
}
