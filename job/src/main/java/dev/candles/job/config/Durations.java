package dev.candles.job.config;

import dev.candles.text.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 500ms 30s 5m 1h 1d}. Pure. */
public final class Durations {
  /** What a message says is expected. */
  public static final String FORM = "a duration like 500ms, 30s, 5m, 1h or 1d";

  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  /** Units as people write them too; {@code M} is a month elsewhere, so case is left alone. */
  private static final Pattern TYPED =
      Pattern.compile(
          "(\\d{1,9}) ?(?:(ms|msecs?|millis|milliseconds?)|([sS]|secs?|seconds?)"
              + "|(m|mins?|minutes?)|([hH]|hrs?|hours?)|([dD]|days?)|([wW]|weeks?))?");

  private static final List<String> TYPED_UNITS = List.of("ms", "s", "m", "h", "d", "w");
  private static final Duration LONGEST = Duration.ofDays(999_999_999);
  private static final String NO_UNIT = "; it has no unit: ms, s, m, h or d";
  private static final int DAYS_OF_A_WEEK = 7;

  private Durations() {}

  /** The duration, or empty if {@code text} is not one. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  /**
   * Ends a message about a text that is no duration, or none within bounds: {@code ; did you mean
   * '30s'?}, or nothing where nobody can say.
   *
   * @param byDefault a number without a unit is taken in that of this duration, else in the largest
   *     that fits
   */
  static String hint(String text, Duration least, Duration most, Optional<Duration> byDefault) {
    Matcher typed = TYPED.matcher(text);
    if (!typed.matches() || parse(text).isPresent()) {
      return "";
    }
    String number = typed.group(1);
    Optional<String> unit = unit(typed);
    List<String> units = new ArrayList<>(unit.map(List::of).orElseGet(List::of));
    if (unit.isEmpty() && byDefault.isPresent()) {
      units.add(text(byDefault.get()).replaceAll("\\d", ""));
      units.addAll(List.of("d", "h", "m", "s"));
    }
    Optional<String> meant =
        units.stream()
            .map(one -> one.equals("w") ? weeks(number) : number + one)
            .filter(t -> parse(t).filter(d -> isWithin(d, least, most)).isPresent())
            .findFirst();
    return meant.isEmpty() && unit.isEmpty() ? NO_UNIT : Nearest.hint(meant);
  }

  /** The same where there are neither bounds nor a default. */
  public static String hint(String text) {
    return hint(text, Duration.ZERO, LONGEST, Optional.empty());
  }

  private static boolean isWithin(Duration duration, Duration least, Duration most) {
    return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
  }

  private static String weeks(String number) {
    return Long.parseLong(number) * DAYS_OF_A_WEEK + "d";
  }

  private static Optional<String> unit(Matcher typed) {
    for (int group = 0; group < TYPED_UNITS.size(); group++) {
      if (typed.group(group + 2) != null) {
        return Optional.of(TYPED_UNITS.get(group));
      }
    }
    return Optional.empty();
  }

  /** The shortest text that {@link #parse} gives back as this duration. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
