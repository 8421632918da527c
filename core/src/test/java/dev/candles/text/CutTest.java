package dev.candles.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CutTest {
  private static final String FACE = "\uD83D\uDE00";

  @Test
  void aShortTextStaysAsItIs() {
    assertThat(Cut.to(3, "abc")).isEqualTo("abc");
    assertThat(Cut.to(2, FACE)).isEqualTo(FACE);
  }

  @Test
  void noCharacterIsHalved() {
    assertThat(Cut.to(3, "abcd")).isEqualTo("abc");
    assertThat(Cut.to(3, "a" + FACE + "d")).isEqualTo("a" + FACE);
    assertThat(Cut.to(3, "ab" + FACE)).isEqualTo("ab");
    assertThat(OneLine.of("x".repeat(199) + FACE)).isEqualTo("x".repeat(199));
  }
}
