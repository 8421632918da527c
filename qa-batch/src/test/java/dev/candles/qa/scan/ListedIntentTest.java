package dev.candles.qa.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.partition.Intents;
import dev.candles.qa.check.Finding;
import dev.candles.qa.check.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListedIntentTest {
  @TempDir Path root;

  @Test
  void anIntentThatCannotBeBelievedIsAFindingAndTheFilesAreStillListed() throws IOException {
    LakeLayout layout = new LakeLayout(root);
    Partition partition =
        Partition.of(new StreamKey("coinbase", "BTC-USD", Timeframe.M1), 1_767_916_800_000L);
    Path folder = Files.createDirectories(layout.partition(Folder.CANDLES, partition));
    Path file = Files.createFile(folder.resolve("c-1.parquet"));
    Files.writeString(folder.resolve(Intents.NAME), "{");
    Listed listed = new Listed(layout, partition);
    assertThat(listed.candles).containsExactly(file);
    assertThat(listed.findings.kept())
        .extracting(Finding::kind)
        .containsExactly(Kind.MANIFEST_UNBELIEVABLE);
    assertThat(listed.asSealed()).isFalse();
  }
}
