package dev.candles.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogValueTest {
  /** The runbook's {@code error=timeout}. */
  @ParameterizedTest
  @ValueSource(strings = {"timeout", "3", "okx:BTC-USDT", "/srv/lake", "C:\\lake", "a,b", "größer"})
  void aWordStaysAsItIs(String word) {
    assertThat(LogValue.of(word)).isEqualTo(word);
  }

  @Test
  void whatIsNoWordIsQuoted() {
    assertThat(LogValue.of("status 503: status=503 HTML, not JSON"))
        .isEqualTo("\"status 503: status=503 HTML, not JSON\"");
    assertThat(LogValue.of(Path.of("/srv/my lake"))).isEqualTo("\"/srv/my lake\"");
    assertThat(LogValue.of("venue=kraken")).isEqualTo("\"venue=kraken\"");
    assertThat(LogValue.of("")).isEqualTo("\"\"");
    assertThat(LogValue.of(null)).isEqualTo("null");
  }

  @Test
  void aQuotedValueEndsAtItsOwnQuoteOnly() {
    assertThat(LogValue.of("{\"msg\": \"no\"}")).isEqualTo("\"{\\\"msg\\\": \\\"no\\\"}\"");
    assertThat(LogValue.of("C:\\my lake\\")).isEqualTo("\"C:\\\\my lake\\\\\"");
    assertThat(LogValue.of("\"")).isEqualTo("\"\\\"\"");
  }

  @Test
  void noValueStartsALineOfItsOwn() {
    assertThat(LogValue.of("a\r\nERROR:\u009b2J\u2028b")).isEqualTo("\"a ERROR: 2J b\"");
  }

  /** An exception may hold all that a server or a file said. */
  @Test
  void noValueMakesALongLine() {
    assertThat(LogValue.of("long ".repeat(100_000))).hasSizeLessThan(5_000);
  }
}
