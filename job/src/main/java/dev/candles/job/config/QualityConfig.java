package dev.candles.job.config;

import java.io.Serializable;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The daily checks of the lake, by the collector in one JVM.
 *
 * @param at market time of day, UTC, at which they start; null for never
 */
public record QualityConfig(@Nullable LocalTime at) implements Serializable {
  private static final String OFF = "off";
  private static final LocalTime BY_DEFAULT = LocalTime.of(0, 20);
  private static final Pattern TIME = Pattern.compile("(?:[01]\\d|2[0-3]):[0-5]\\d");

  static final Key AT = new Key("at", "time of day (UTC) like 00:20, or off", "00:20");
  static final List<Key> PARTS = List.of(AT);
  static final Key QA = new Key("qa", "{at}", "{at: \"00:20\"}");
  static final List<Key> KEYS = List.of(QA);

  /** What holds where the configuration says nothing. */
  public static QualityConfig defaults() {
    return read(Section.none());
  }

  /** Never. */
  public static QualityConfig off() {
    return new QualityConfig(null);
  }

  static QualityConfig read(Section root) {
    Section section = root.under(QA, PARTS);
    Optional<String> text = section.text(AT.name());
    if (text.equals(Optional.of(OFF))) {
      return off();
    }
    Optional<LocalTime> time =
        text.filter(t -> TIME.matcher(t).matches()).map(t -> LocalTime.parse(t));
    return new QualityConfig(
        section.checked(AT.name(), text, time, "a " + AT.values()).orElse(BY_DEFAULT));
  }
}
