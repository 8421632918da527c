package dev.candles.lake.view;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.ETH;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.lake.Samples;
import dev.candles.lake.layout.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoubledKeysTest {
  @TempDir private Path root;

  @Test
  void aKeyInTwoFilesOrTwiceInOneIsCountedOncePerSurplusRow() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 0));
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY, 0));
    assertThat(DoubledKeys.count(root)).isEqualTo(3);
  }

  @Test
  void otherStreamsOtherDaysAndRevisionsAreOtherKeys() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, candle(ETH, DAY, 0));
    Samples.write(root, candle(BTC, DAY + Samples.DAY_MILLIS, 0));
    Samples.write(root, Folder.REVISIONS, List.of(candle(BTC, DAY, 1)));
    assertThat(DoubledKeys.count(root)).isZero();
    assertThat(DoubledKeys.count(root.resolve("absent"))).isZero();
  }

  @Test
  void aFileThatCannotBeReadIsNotTakenForEmpty() throws IOException {
    Path whole = Samples.write(root, candle(BTC, DAY, 0));
    Files.writeString(whole.resolveSibling("c-torn.parquet"), "PAR1 and nothing more");
    assertThatThrownBy(() -> DoubledKeys.count(root)).isInstanceOf(IOException.class);
  }
}
