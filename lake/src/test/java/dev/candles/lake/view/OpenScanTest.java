package dev.candles.lake.view;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.ETH;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.StreamInventory;
import dev.candles.lake.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenScanTest {
  private static final long NOW = DAY + 70 * MINUTE;

  @TempDir Path root;

  @Test
  void aScanReadsTheLogOnceAndADayWhenItsStreamIsAskedAbout() throws IOException {
    Path log = Samples.write(root, row(BTC, DAY, DAY + MINUTE, IntervalState.VERIFIED_EMPTY, 1));
    Files.writeString(log.resolveSibling("c-bad.parquet"), "counted as often as it is read");
    Samples.write(root, candle(ETH, DAY, 0));
    FileLake lake = new FileLake(root.toString());
    try (LakeView.Scan scan = lake.open(List.of(BTC, ETH), DAY, DAY, NOW)) {
      assertThat(lake.unreadableFiles()).isEqualTo(1);
      Files.delete(log);
      Samples.write(root, candle(BTC, DAY + MINUTE, 0));
      StreamInventory held = scan.of(BTC);
      assertThat(held.empties()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
      assertThat(held.finals()).isEqualTo(Intervals.of(DAY + MINUTE, DAY + 2 * MINUTE));
      assertThat(scan.of(ETH).finals()).isEqualTo(Intervals.of(DAY, DAY + 60 * MINUTE));
      assertThat(lake.unreadableFiles()).isEqualTo(1);
      assertThatThrownBy(() -> scan.of(ETH.in(Timeframe.M5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the scan was begun without it: stream=okx/ETH-USDT/5m");
    }
  }
}
