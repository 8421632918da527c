package dev.candles.lake.layout;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code date=2026-01-09} folders; days are UTC. */
public final class Dates {
  static final String PREFIX = "date=";
  private static final long DAY_MILLIS = 86_400_000L;
  private static final Pattern NAME = Pattern.compile("date=\\d{4}-\\d{2}-\\d{2}");

  private Dates() {}

  /**
   * The UTC day of a time.
   *
   * @param epochMs epoch ms, UTC
   * @throws IllegalArgumentException if its year has not four digits
   */
  public static LocalDate of(long epochMs) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochMs, DAY_MILLIS));
    if (date.getYear() < 0 || date.getYear() > 9999) {
      throw new IllegalArgumentException("time has no folder: epochMs=" + epochMs);
    }
    return date;
  }

  /** When a day begins, epoch ms, UTC. */
  public static long startMs(LocalDate date) {
    return date.toEpochDay() * DAY_MILLIS;
  }

  static String folder(LocalDate date) {
    return PREFIX + date;
  }

  /** The date of a folder name, or empty if it is not one of ours. */
  public static Optional<LocalDate> parse(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(name.substring(PREFIX.length())));
    } catch (DateTimeException e) {
      return Optional.empty(); // looks like a date and is none: the caller reports the folder
    }
  }
}
