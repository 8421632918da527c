package dev.candles.lake.partition;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.view.FileLake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandleOrderTest {
  @TempDir Path root;

  /** A key that stands twice, as nothing of ours writes it: what is read is no accident. */
  @Test
  void whichOfTwoRowsOfOneRevisionIsCurrentDoesNotDependOnTheOrderOfTheirFiles() throws Exception {
    Candle one = candle(BTC, DAY, 1);
    Candle other =
        new Candle(
            BTC,
            DAY,
            new Ohlc(1, 3, 1, 2),
            Volumes.ofBase(7),
            TradeRange.UNKNOWN,
            new Provenance(one.evidence(), one.provenance().source(), 1, one.receivedAtMs() - 1));
    assertThat(CandleOrder.current(one, other)).isEqualTo(other).as("who knew it first");
    assertThat(CandleOrder.current(other, one)).isEqualTo(other);

    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, Folder.REVISIONS, List.of(one));
    Samples.write(root, Folder.REVISIONS, List.of(other));
    assertThat(new FileLake(root.toString()).candles(BTC, DAY, DAY + Samples.MINUTE))
        .containsExactly(other);
  }
}
