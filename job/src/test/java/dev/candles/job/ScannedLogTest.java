package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.lake.LakeView;
import dev.candles.job.alert.LogLines;
import dev.candles.lake.view.FileLake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The line that says what was scanned. */
@Isolated("jobs of other tests log the same")
class ScannedLogTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final StreamKey ETH = new StreamKey("okx", "ETH-USDT", Timeframe.M1);

  @TempDir private Path root;

  @Test
  void aScanThatEndsBeforeAllWereAnsweredSaysNothing() throws Exception {
    FileLake lake = new FileLake(root.toString());
    try (LogLines log = new LogLines(FileLake.class.getName(), "event=lake_scanned venues=okx")) {
      try (LakeView.Scan scan = lake.open(List.of(BTC, ETH), 0, 0, 60_000)) {
        var unused = scan.of(BTC);
      }
      assertThat(log.lines).isEmpty();
      try (LakeView.Scan scan = lake.open(List.of(BTC, ETH), 0, 0, 60_000)) {
        var unused = scan.of(BTC);
        unused = scan.of(ETH);
      }
      assertThat(log.lines)
          .containsExactly("INFO: event=lake_scanned venues=okx streams=2 unreadable_files=0");
    }
  }
}
