package dev.candles.cli;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.job.config.Durations;
import dev.candles.text.TypedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Times as people type them. */
final class Times {
  private Times() {}

  /**
   * The time in epoch milliseconds, UTC.
   *
   * @param option how the value is called on the command line, for the message
   * @param text a UTC date, a time with its offset, or epoch milliseconds
   * @throws RefusedException if it is none of these
   */
  static long parse(String option, String text) throws RefusedException {
    if (text.matches("\\d{11,14}")) {
      return Long.parseLong(text);
    }
    return TypedTime.parse(text)
        .map(Instant::toEpochMilli)
        .orElseThrow(
            () ->
                new RefusedException(
                    String.format(
                        Locale.ROOT,
                        "%s: found '%s', expected a UTC date, a time like 2026-01-09T12:00Z, or"
                            + " epoch milliseconds%s",
                        option,
                        text,
                        TypedTime.hint(text))));
  }

  /**
   * A duration as configurations have it.
   *
   * @param option how the value is called on the command line, for the message
   * @throws RefusedException if it is none
   */
  static Duration duration(String option, String text) throws RefusedException {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new RefusedException(
                    String.format(
                        Locale.ROOT,
                        "%s: found '%s', expected %s%s",
                        option,
                        text,
                        Durations.FORM,
                        Durations.hint(text))));
  }
}
