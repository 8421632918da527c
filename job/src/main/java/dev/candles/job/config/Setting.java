package dev.candles.job.config;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key with a value of its own: the only place of its bounds and its default.
 *
 * @param byDefault what holds where the key is absent; empty if that is not the same everywhere
 * @param reader reads the value and reports one that is wrong; empty if there is none
 */
record Setting<T>(Key key, Optional<T> byDefault, Function<Section, Optional<T>> reader) {

  /** A duration within bounds. */
  static Setting<Duration> duration(
      String name, Duration least, Duration most, Duration byDefault) {
    Key key = new Key(name, range(least, most), Durations.text(byDefault));
    return new Setting<>(
        key, Optional.of(byDefault), s -> s.duration(name, least, most, Optional.of(byDefault)));
  }

  /** A duration within bounds, of which each venue has its own. */
  static Setting<Duration> durationOfVenue(String name, Duration least, Duration most) {
    Key key = new Key(name, range(least, most), Key.OF_VENUE);
    return new Setting<>(
        key, Optional.empty(), s -> s.duration(name, least, most, Optional.empty()));
  }

  private static String range(Duration least, Duration most) {
    return Durations.text(least) + " to " + Durations.text(most);
  }

  /** A whole number within bounds. */
  static Setting<Integer> whole(String name, int least, int most, int byDefault) {
    Key key = new Key(name, least + " to " + most, String.valueOf(byDefault));
    return new Setting<>(key, Optional.of(byDefault), s -> whole(s, name, least, most));
  }

  /** A whole number within bounds, of which each venue has its own. */
  static Setting<Integer> wholeOfVenue(String name, int least, int most) {
    Key key = new Key(name, least + " to " + most, Key.OF_VENUE);
    return new Setting<>(key, Optional.empty(), s -> whole(s, name, least, most));
  }

  private static Optional<Integer> whole(Section section, String name, int least, int most) {
    return section.whole(name, least, most).map(Long::intValue);
  }

  /** The value, if one is given that is what it should be. */
  Optional<T> given(Section section) {
    return reader.apply(section);
  }

  /** The value, or {@code otherwise}. */
  T in(Section section, T otherwise) {
    return given(section).orElse(otherwise);
  }

  /**
   * The value, or what holds without it.
   *
   * @throws java.util.NoSuchElementException if that is not the same everywhere
   */
  T in(Section section) {
    return given(section).or(() -> byDefault).orElseThrow();
  }
}
