package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Partition;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 9);
  private static final Partition PARTITION =
      new Partition(new StreamKey("okx", "BTC-USDT", Timeframe.M5), DAY);

  @Test
  void everyPartWordNarrowsIt() {
    assertThat(Selection.all().has(PARTITION)).isTrue();
    assertThat(new Selection("okx", "BTC-USDT", Timeframe.M5, DAY, DAY).has(PARTITION)).isTrue();
    assertThat(new Selection("kraken", null, null, null, null).has(PARTITION)).isFalse();
    assertThat(new Selection(null, "BTC-USD", null, null, null).has(PARTITION)).isFalse();
    assertThat(new Selection(null, null, Timeframe.M1, null, null).has(PARTITION)).isFalse();
    assertThat(new Selection(null, null, null, DAY.plusDays(1), null).has(PARTITION)).isFalse();
    assertThat(new Selection(null, null, null, null, DAY.minusDays(1)).has(PARTITION)).isFalse();
  }

  @Test
  void itDoesNotEndBeforeItStarts() {
    assertThatThrownBy(() -> new Selection(null, null, null, DAY, DAY.minusDays(1)))
        .hasMessageContaining("days end before they start: from=2026-01-09, to=2026-01-08");
  }
}
