package dev.candles.lake.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static Fields parse(String text) throws IOException {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void objectsListsTextsAndNumbersAreRead() throws IOException {
    Fields fields = parse("{\"a\": {\"b\": [\"é\", \"\\u20ac\"]}, \"c\": [[1, -2]], \"d\": 9}");
    assertThat(fields.object("a").texts("b", 2)).isEqualTo(List.of("é", "€"));
    assertThat(fields.number("d")).isEqualTo(9);
    assertThatThrownBy(fields::end).hasMessage("unknown field: /c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": 1, \"a\": 2}|field is given twice: /a",
        "{\"a\": [{\"b\": {}, \"c\": 1, \"b\": {}}]}|field is given twice: /a/b",
        "{\"a\": {\"b\": true}}|not a value that is used here: /a/b=VALUE_TRUE",
        "{\"a\": [null]}|not a value that is used here: /a=VALUE_NULL",
        "{\"a\": 1.5}|not a value that is used here: /a=VALUE_NUMBER_FLOAT",
        "[1]|an object was expected, found: START_ARRAY",
        "``|an object was expected, found: null",
        "{} {}|nothing was expected after the end: START_OBJECT",
      })
  void whatIsNotAskedForIsRefused(String text, String error) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(IOException.class).hasMessage(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1",
        "{\"a\": 01}",
        "{\"a\": 123456789012345678901}",
        "{\"a\": 9223372036854775808}",
        "\uFEFF{}",
        "{} x",
      })
  void brokenTextIsRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsTooDeepOrTooLongIsRefused() {
    assertThatThrownBy(() -> parse("{\"a\":".repeat(9) + "1" + "}".repeat(9)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse("{\"a\": \"" + "x".repeat(4097) + "\"}"))
        .isInstanceOf(IOException.class);
  }

  /** Not the encoding of the lake's notes, and not what a damaged byte makes of them. */
  @Test
  void onlyUtf8IsText() {
    byte[] utf16 = "{\"a\": 1}".getBytes(StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> StrictJson.parse(utf16)).isInstanceOf(IOException.class);
    byte[] damaged = "{\"a\": \"xyz\"}".getBytes(StandardCharsets.UTF_8);
    damaged[8] = (byte) 0xff;
    assertThatThrownBy(() -> StrictJson.parse(damaged)).isInstanceOf(IOException.class);
  }
}
