package dev.candles.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 kB",
    "999, 0 kB",
    "9999999, 9999 kB",
    "10000000, 10 MB",
    "9999999999, 9999 MB",
    "10000000000, 10 GB",
    "4000000000000, 4000 GB"
  })
  void sizesHaveTwoToFourDigitsOnceTheyMatter(long bytes, String text) {
    assertThat(ByteText.of(bytes)).isEqualTo(text);
  }
}
