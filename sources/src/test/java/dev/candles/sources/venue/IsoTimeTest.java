package dev.candles.sources.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
  private static final String CHARACTERS = "0123456789012345678901234567890123456789-:.TZtz+, ٣";

  /** As it would be without any reading by hand. */
  private static OptionalLong parsed(String text) {
    try {
      return OptionalLong.of(Instant.parse(text).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-07-07T12:34:56Z",
        "2026-07-07T12:34:56.1Z",
        "2026-07-07T12:34:56.12Z",
        "2026-07-07T12:34:56.123Z",
        "2026-07-07T12:34:56.123999Z",
        "2024-02-29T23:59:59.999999999Z",
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.0009Z",
        "9999-12-31T23:59:59.999Z"
      })
  void whatVenuesPrintIsReadByHand(String text) {
    assertThat(IsoTime.isUsual(text)).isTrue();
    assertThat(IsoTime.millis(text)).isPresent().isEqualTo(parsed(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-07-07",
        "2026-07-07T12:34Z",
        "2026-07-07T12:34:56",
        "2026-07-07T12:34:56.Z",
        "2026-07-07T12:34:56.1234567890Z",
        "2026-07-07t12:34:56z",
        "2026-07-07T24:00:00Z",
        "2026-07-07T24:00:01Z",
        "2016-12-31T23:59:60Z",
        "2026-07-07T12:60:00Z",
        "2026-07-07T12:34:56+00:00",
        "+2026-07-07T12:34:56Z",
        "-0001-07-07T12:34:56Z",
        "+999999999-07-07T12:34:56Z",
        "2026-07-07T12:34:5٣Z"
      })
  void theRestIsLeftToJava(String text) {
    assertThat(IsoTime.isUsual(text)).isFalse();
    assertThat(IsoTime.millis(text)).isEqualTo(parsed(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-02-29T12:34:56Z", "2026-13-07T12:34:56Z", "2026-00-00T12:34:56.123Z"})
  void aDateThatIsNoneIsNoTime(String text) {
    assertThat(IsoTime.millis(text)).isEmpty();
    assertThat(parsed(text)).isEmpty();
  }

  @Test
  void whateverTheTextItIsReadAsJavaReadsIt() {
    Random random = new Random(1);
    int usual = 0;
    int times = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = mutated(like(random), random);
      OptionalLong read = IsoTime.millis(text);
      assertThat(read).as(text).isEqualTo(parsed(text));
      usual += IsoTime.isUsual(text) ? 1 : 0;
      times += read.isPresent() ? 1 : 0;
    }
    assertThat(usual).isBetween(50_000, 180_000);
    assertThat(times).isBetween(50_000, 180_000).isNotEqualTo(usual);
  }

  /** Nearly always a time; days, hours, minutes and seconds go past their ends now and then. */
  private static String like(Random random) {
    String fraction = String.valueOf(random.nextInt(1_000_000_000) + 1_000_000_000L).substring(1);
    int digits = random.nextInt(11);
    return two(random.nextInt(100))
        + two(random.nextInt(100))
        + "-"
        + two(random.nextInt(14))
        + "-"
        + two(random.nextInt(33))
        + "T"
        + two(random.nextInt(25))
        + ":"
        + two(random.nextInt(61))
        + ":"
        + two(random.nextInt(61))
        + (digits == 10 ? "" : "." + fraction.substring(digits))
        + random.nextInt(10)
        + "Z";
  }

  private static String two(int number) {
    return (number < 10 ? "0" : "") + number;
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int i = random.nextInt(3); i > 0 && !mutated.isEmpty(); i--) {
      int at = random.nextInt(mutated.length());
      char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
      switch (random.nextInt(4)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.insert(at, c);
        case 2 -> mutated.setCharAt(at, c);
        default -> mutated.append(random.nextBoolean() ? "Z" : List.of("", "+00", "z").get(i));
      }
    }
    return mutated.toString();
  }
}
