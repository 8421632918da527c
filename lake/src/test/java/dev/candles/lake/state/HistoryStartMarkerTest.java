package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.StreamInventory;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStartMarkerTest {
  private static final StreamKey STREAM = new StreamKey("kraken", "BTC-USD", Timeframe.M1);
  private static final long MINUTE = 60_000;
  private static final long START = 29_000_000 * MINUTE; // 2025-02-20

  @TempDir Path folder;

  private StreamInventory scan(long historyFromMs, long nowMs) throws Exception {
    return new FileLake(folder.toString())
        .scan(List.of(STREAM), historyFromMs, nowMs, nowMs)
        .get(0);
  }

  @Test
  void theHistoryOfAStreamKeepsItsFirstStart() throws Exception {
    LakeLock lake = new LakeLock(folder.toString());
    long now = START + 10 * MINUTE;
    assertThat(lake.begin(List.of(STREAM), START, now)).isEqualTo(1);

    long later = now + 1_000 * MINUTE;
    assertThat(lake.begin(List.of(STREAM), later - MINUTE, later)).isZero();
    StreamInventory held = scan(later - MINUTE, later);
    assertThat(held.fromMs()).isEqualTo(START);
    assertThat(held.unknown()).isEqualTo(Intervals.of(START, later));
    assertThat(held.seq()).isEqualTo(1);
  }

  /** As of a machine without a battery, until NTP has set it. */
  @Test
  void aClockThatWasNeverSetBeginsNoHistory() throws Exception {
    LakeLock lake = new LakeLock(folder.toString());
    long day = 1_440 * MINUTE;
    assertThatThrownBy(() -> lake.begin(List.of(STREAM), 5 * MINUTE - day, 5 * MINUTE))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the clock of this machine was never set, so no history begins:"
                + " now=1970-01-01T00:05:00Z");
    assertThat(scan(START, START + MINUTE).isBlank()).isTrue();
    assertThat(lake.begin(List.of(STREAM), START - day, START)).isEqualTo(1);
    assertThat(scan(START, START + MINUTE).fromMs()).isEqualTo(START - day);
  }

  @Test
  void aStartOfHistoryThatIsNowSaysNothing() throws Exception {
    assertThat(new LakeLock(folder.toString()).begin(List.of(STREAM), START, START)).isZero();
    assertThat(scan(START, START).seq()).isZero();
  }
}
