package dev.candles.sources.venue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "-1", "83760.1", "0.00000001", "1e-8", "1.5E+10", "00.10"})
  void whatVenuesPrintIsADecimal(String text) {
    assertThat(Decimals.isDecimal(text)).isTrue();
    assertThat(Double.parseDouble(text)).isFinite();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "1.",
        ".5",
        "+1",
        "1d",
        "1f",
        "0x1p3",
        "NaN",
        "Infinity",
        "1e",
        "1e+",
        " 1",
        "1 ",
        "1,5",
        "1_000",
        "١",
        "1.2.3",
        "--1",
        "1e5.0"
      })
  void whatOnlyJavaAcceptsIsNot(String text) {
    assertThat(Decimals.isDecimal(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.0", "1e3", "1234567890123456789", "x"})
  void aWholeNumberHasDigitsOnlyAndFitsALong(String text) {
    assertThat(Decimals.isWhole(text)).isFalse();
    assertThat(Decimals.isWhole("123456789012345678")).isTrue();
  }
}
