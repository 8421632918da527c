package dev.candles.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void wordsFromOutsideCannotStartALineOfTheirOwn() {
    assertThat(OneLine.of("a\nERROR: event=forged\r\n\tb\u0007"))
        .isEqualTo("a ERROR: event=forged b");
  }

  @Test
  void isBounded() {
    assertThat(OneLine.of("x".repeat(1_000_000))).hasSize(200);
  }
}
