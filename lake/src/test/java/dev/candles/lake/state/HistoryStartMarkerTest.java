package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.StreamInventory;
import dev.candles.lake.view.FileLake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStartMarkerTest {
  private static final StreamKey STREAM = new StreamKey("kraken", "BTC-USD", Timeframe.M1);
  private static final long MINUTE = 60_000;
  private static final long START = 1_000_000 * MINUTE;

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

  @Test
  void aStartOfHistoryThatIsNowSaysNothing() throws Exception {
    assertThat(new LakeLock(folder.toString()).begin(List.of(STREAM), START, START)).isZero();
    assertThat(scan(START, START).seq()).isZero();
  }
}
