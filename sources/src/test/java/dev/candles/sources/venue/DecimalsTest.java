package dev.candles.sources.venue;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
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

  @Test
  void theNearestDoubleIsJavasOwn() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      String text =
          BigDecimal.valueOf(random.nextLong(), random.nextInt(40) - 10)
              .toString()
              .toLowerCase(ROOT);
      assertThat(Decimals.nearest(text)).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0",
        "1e400",
        "4.9e-324",
        "2.4e-324",
        "9007199254740993",
        "1.7976931348623159e308"
      })
  void theNearestDoubleAtTheEdgesIsJavasOwnToo(String text) {
    assertThat(Decimals.nearest(text)).isEqualTo(Double.parseDouble(text));
  }
}
