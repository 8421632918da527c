package dev.candles.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void wordsFromOutsideCannotStartALineOfTheirOwn() {
    assertThat(OneLine.of("a\nERROR: event=forged\r\n\tb\u0007"))
        .isEqualTo("a ERROR: event=forged b");
  }

  /** A terminal takes U+009B for the start of a command, a viewer U+0085 and U+2028 for lines. */
  @Test
  void neitherCanThoseThatAreNoAscii() {
    assertThat(OneLine.of("a\u0085b\u009b2Jc\u2028d\u2029")).isEqualTo("a b 2Jc d");
  }

  @Test
  void isBounded() {
    assertThat(OneLine.of("x".repeat(1_000_000))).hasSize(200);
  }
}
