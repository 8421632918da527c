package dev.candles.sources.venue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * Times as venues print them, ISO 8601 with a zone. What nearly all of them print is read by hand,
 * as each trade has one; {@link Instant#parse} reads the rest.
 */
final class IsoTime {
  private static final int SECOND_END = 19;
  private static final int MAX_FRACTION = 9;
  private static final int MILLI_DIGITS = 3;

  private IsoTime() {}

  /** Epoch ms (UTC, rounded down) of what {@link Instant#parse} takes for a time; else empty. */
  static OptionalLong millis(String text) {
    try {
      return OptionalLong.of(
          isUsual(text) ? usualMillis(text) : Instant.parse(text).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty(); // the caller rejects it with the text
    }
  }

  /**
   * Whether it is {@code dddd-dd-ddTdd:dd:dd[.d{1,9}]Z} with a time of day on the clock; the end of
   * a day and a leap second are not.
   */
  static boolean isUsual(String text) {
    int end = text.length() - 1;
    int fraction = end - SECOND_END - 1;
    if (end < SECOND_END || fraction == 0 || fraction > MAX_FRACTION || text.charAt(end) != 'Z') {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean right =
          switch (i) {
            case 4, 7 -> c == '-';
            case 10 -> c == 'T';
            case 13, 16 -> c == ':';
            case SECOND_END -> c == '.';
            default -> c >= '0' && c <= '9';
          };
      if (!right) {
        return false;
      }
    }
    return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) < 60;
  }

  /** As {@link Instant#parse}, which knows no other dates either: one that is none throws. */
  private static long usualMillis(String text) {
    long days =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    long minutes = (days * 24 + number(text, 11, 13)) * 60 + number(text, 14, 16);
    long seconds = minutes * 60 + number(text, 17, 19);
    int digits = Math.min(MILLI_DIGITS, text.length() - SECOND_END - 2);
    long millis = digits <= 0 ? 0 : number(text, SECOND_END + 1, SECOND_END + 1 + digits);
    for (int i = Math.max(digits, 0); i < MILLI_DIGITS; i++) {
      millis *= 10;
    }
    return seconds * 1_000 + millis;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
