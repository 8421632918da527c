package dev.candles.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldPartsTest {
  private static final long T0 = Candles.minute(0).openTimeMs();
  private static final long MINUTE = 60_000;

  /** A candle, silence, a candle, nothing, and a candle elsewhere. */
  private static final HeldParts HELD =
      new HeldParts(
          List.of(Candles.minute(0), Candles.minute(2)),
          Intervals.of(T0, T0 + 3 * MINUTE),
          Intervals.of(T0 + 4 * MINUTE, T0 + 5 * MINUTE));

  @Test
  void aRangeIsWholeIfEachOfItsIntervalsIsKnown() {
    assertThat(HELD.whole(T0 + MINUTE, T0 + 3 * MINUTE).orElseThrow())
        .extracting(Candle::openTimeMs)
        .containsExactly(T0 + 2 * MINUTE);
    assertThat(HELD.whole(T0 + MINUTE, T0 + 2 * MINUTE)).contains(List.of());
    assertThat(HELD.whole(T0, T0 + 4 * MINUTE)).isEmpty();
    assertThat(HELD.whole(T0 + 4 * MINUTE, T0 + 5 * MINUTE)).as("elsewhere").isEmpty();
  }

  @Test
  void aRangeIsArchivedIfPartOfItIs() {
    assertThat(HELD.isArchived(T0, T0 + 4 * MINUTE)).isFalse();
    assertThat(HELD.isArchived(T0 + 3 * MINUTE, T0 + 9 * MINUTE)).isTrue();
  }
}
