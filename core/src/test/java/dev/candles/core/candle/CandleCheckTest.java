package dev.candles.core.candle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CandleCheckTest {
  private static Optional<RejectReason> problem(double volume, @Nullable Double takerBuy) {
    Candle c = Candles.minute(0);
    Volumes volumes = new Volumes(volume, null, takerBuy);
    return CandleCheck.problem(
        new Candle(c.stream(), c.openTimeMs(), c.prices(), volumes, c.trades(), c.provenance()));
  }

  @Test
  void takersBoughtBetweenNothingAndAll() {
    assertThat(problem(2, null)).isEmpty();
    assertThat(problem(2, 0.0)).isEmpty();
    assertThat(problem(2, 2.0)).isEmpty();
    assertThat(problem(2, Math.nextUp(2.0))).contains(RejectReason.BAD_VOLUME);
    assertThat(problem(2, -1e-9)).contains(RejectReason.BAD_VOLUME);
    assertThat(problem(2, Double.NaN)).contains(RejectReason.BAD_VOLUME);
  }
}
