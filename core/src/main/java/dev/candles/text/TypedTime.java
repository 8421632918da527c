package dev.candles.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as people type it: a UTC date, or a time with its offset. Pure. */
public final class TypedTime {
  private static final Pattern DATE = Pattern.compile("(\\d{4}-(\\d\\d))-(\\d\\d)(.*)");
  private static final Pattern TIME =
      Pattern.compile("[T ]+(\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?) ?(Z|[+-]\\d\\d:\\d\\d)?");

  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private TypedTime() {}

  /** The instant, or empty if the text is none of a year with four digits. */
  public static Optional<Instant> parse(String text) {
    try {
      Instant instant =
          text.contains("T")
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      return Optional.of(instant).filter(time -> !time.isBefore(EARLIEST) && !time.isAfter(LATEST));
    } catch (DateTimeException e) {
      return Optional.empty(); // the caller reports the text, with the hint
    }
  }

  /**
   * Ends a message about a text that is no time: what it lacks, or which day does not exist. Begins
   * with a semicolon; empty where nobody can say.
   */
  public static String hint(String text) {
    Matcher date = DATE.matcher(text);
    if (!date.matches()) {
      return "";
    }
    int month = Integer.parseInt(date.group(2));
    if (month < 1 || month > 12) {
      return "; there is no month " + date.group(2);
    }
    int days = YearMonth.parse(date.group(1)).lengthOfMonth();
    int day = Integer.parseInt(date.group(3));
    if (day < 1 || day > days) {
      return "; there is no such day: " + date.group(1) + " has " + days;
    }
    Matcher time = TIME.matcher(date.group(4));
    if (!time.matches()) {
      return "";
    }
    String zone = time.group(2);
    String meant =
        date.group(1) + "-" + date.group(3) + "T" + time.group(1) + (zone == null ? "Z" : zone);
    String lacks = zone == null ? "; it has no zone: did you mean '" : "; did you mean '";
    return parse(meant).map(instant -> lacks + meant + "'?").orElse("; there is no such time");
  }
}
