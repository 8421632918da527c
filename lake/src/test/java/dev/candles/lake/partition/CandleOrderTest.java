package dev.candles.lake.partition;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.Samples;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
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
            new Volumes(7, null, one.takerBuyVolume()),
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

  /** Of two rows of one version the one that says more holds, however strong the other one is. */
  @Test
  void aRowThatDoesNotSayWhatTakersBoughtNeverHidesOneThatDoes() throws Exception {
    Candle said = candle(BTC, DAY, 0);
    Candle unsaid =
        new Candle(
            BTC,
            DAY,
            said.prices(),
            new Volumes(said.volume(), said.quoteVolume(), null),
            said.trades(),
            Provenance.first(Evidence.VENUE_FLAG, "ws", 0));
    assertThat(CandleOrder.current(said, unsaid)).isEqualTo(said);
    assertThat(CandleOrder.current(unsaid, said)).isEqualTo(said);

    Samples.write(root, unsaid);
    Samples.write(root, said);
    Partition partition = Partition.of(BTC, DAY);
    LakeLayout layout = new LakeLayout(root);
    new Compactor(layout).compact(partition, DayKnowledge.none(DAY + 2 * Samples.DAY_MILLIS));
    assertThat(new FileLake(root.toString()).candles(BTC, DAY, DAY + Samples.MINUTE))
        .containsExactly(said);
    assertThat(layout.partition(Folder.REVISIONS, partition)).as("no version").doesNotExist();
  }
}
