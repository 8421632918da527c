package dev.candles.sources.venue;

import com.fasterxml.jackson.core.io.NumberInput;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as venues print them: plain or scientific decimals, nothing else that Java accepts. */
public final class Decimals {
  private static final int MAX_CHARS = 64;
  private static final int MAX_DIGITS = 40;
  private static final int MAX_EXPONENT_CHARS = 5;
  private static final int MAX_LONG_DIGITS = 18;

  private Decimals() {}

  /**
   * Whether {@code text} is {@code -?digits[.digits][e[+-]digits]}: no hexadecimal, no type suffix,
   * no NaN, no blanks, at most 64 characters.
   */
  public static boolean isDecimal(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      return false;
    }
    int at = text.charAt(0) == '-' ? 1 : 0;
    int end = digits(text, at);
    if (end == at) {
      return false;
    }
    if (end < text.length() && text.charAt(end) == '.') {
      at = end + 1;
      end = digits(text, at);
      if (end == at) {
        return false;
      }
    }
    return end == text.length() || isExponent(text, end);
  }

  /** The nearest double of a {@link #isDecimal decimal}, as {@link Double#parseDouble} has it. */
  public static double nearest(String decimal) {
    return NumberInput.parseDouble(decimal, true);
  }

  /**
   * The exact value of a {@link #isDecimal decimal}; empty if it is none, or so large or so fine
   * that sums of it would cost more than a market can need.
   */
  public static Optional<BigDecimal> exact(String text) {
    int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (!isDecimal(text) || (exponent >= 0 && text.length() - exponent > MAX_EXPONENT_CHARS)) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(text);
    boolean bounded =
        Math.abs(value.scale()) <= MAX_DIGITS && value.precision() - value.scale() <= MAX_DIGITS;
    return bounded ? Optional.of(value) : Optional.empty();
  }

  private static boolean isExponent(String text, int from) {
    if (text.charAt(from) != 'e' && text.charAt(from) != 'E') {
      return false;
    }
    int at = from + 1;
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      at++;
    }
    int end = digits(text, at);
    return end > at && end == text.length();
  }

  /** Whether {@code text} is a whole number, not negative, that fits a {@code long}. */
  public static boolean isWhole(String text) {
    return !text.isEmpty() && text.length() <= MAX_LONG_DIGITS && digits(text, 0) == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
