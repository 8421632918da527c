package dev.candles.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 2026-01-31T00:00:00Z",
    "2026-01-31T06:00Z, 2026-01-31T06:00:00Z",
    "2026-01-31T06:00:00+02:00, 2026-01-31T04:00:00Z"
  })
  void aDateIsUtcAndATimeHasItsOffset(String text, String instant) {
    assertThat(TypedTime.parse(text)).contains(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31",
        "+1000000-01-01T00:00Z",
        "-999999999-01-01",
        "-0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-01:00"
      })
  void aYearThatNoFolderHasIsNoTime(String text) {
    assertThat(TypedTime.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-06-01 12:30     | ; it has no zone: did you mean '2025-06-01T12:30Z'?",
        "2025-06-01T12:30:15  | ; it has no zone: did you mean '2025-06-01T12:30:15Z'?",
        "2025-06-01 12:30Z    | ; did you mean '2025-06-01T12:30Z'?",
        "2025-06-01 25:30     | ; there is no such time",
        "2026-02-30           | ; there is no such day: 2026-02 has 28",
        "2024-02-30T00:00:00Z | ; there is no such day: 2024-02 has 29",
        "2026-13-01           | ; there is no month 13",
        "2026-01-00           | ; there is no such day: 2026-01 has 31",
        "yesterday            | ''"
      })
  void whatATextLacksIsSaid(String text, String hint) {
    assertThat(TypedTime.parse(text)).isEmpty();
    assertThat(TypedTime.hint(text)).isEqualTo(hint);
  }
}
