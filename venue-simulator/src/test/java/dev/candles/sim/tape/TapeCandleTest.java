package dev.candles.sim.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class TapeCandleTest {
  private static final TapeCandle FLAT = TapeCandle.flat(0, BigDecimal.TEN);

  /** The first and the last have their prices, so the highest is a third. */
  @Test
  void aCorrectedCandleHasTradesEnoughForItsPrices() {
    TapeCandle higher = FLAT.corrected(BigDecimal.ONE, BigDecimal.ONE);
    assertThat(higher.high()).isGreaterThan(higher.open()).isGreaterThan(higher.close());
    assertThat(higher.tradeCount()).isEqualTo(3);
    assertThat(FLAT.corrected(BigDecimal.ZERO, BigDecimal.ONE).tradeCount()).isEqualTo(1);
    assertThat(higher.plus(higher).corrected(BigDecimal.ONE, BigDecimal.ONE).tradeCount())
        .isEqualTo(6);
  }
}
