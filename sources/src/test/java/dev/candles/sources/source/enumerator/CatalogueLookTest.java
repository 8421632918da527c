package dev.candles.sources.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatalogueLookTest {
  /** A venue that takes ten seconds for its catalogue stamped it at any moment of them. */
  @Test
  void theTimeThatAnAnswerTookIsNoErrorOfAClock() {
    assertThat(CatalogueLook.offsetMs(100_000, 100_000, 110_000)).isZero();
    assertThat(CatalogueLook.offsetMs(110_000, 100_000, 110_000)).isZero();
    assertThat(CatalogueLook.offsetMs(95_000, 100_000, 110_000)).isEqualTo(-5_000);
    assertThat(CatalogueLook.offsetMs(117_000, 100_000, 110_000)).isEqualTo(7_000);
  }
}
