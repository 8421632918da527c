package dev.candles.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.TestCandle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewCandlesTest {
  private static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long OPEN_MS = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

  /** In the middle of the minute after that. */
  private static final long KILL_MS = OPEN_MS + 90_000;

  @TempDir private Path lake;

  private void write(String name, StreamKey stream, long openMs) throws IOException {
    Path day = new LakeLayout(lake).partition(Folder.CANDLES, Partition.of(stream, openMs));
    CandleFiles.write(
        Files.createDirectories(day).resolve(name),
        List.of(TestCandle.of(stream, openMs, 100, 1, 0, openMs)));
  }

  /** As a restart publishes what a checkpoint before the kill had made ready. */
  @Test
  void aNewFileWithWhatEndedBeforeTheKillIsNoRecovery() throws Exception {
    NewCandles candles = new NewCandles(lake);

    write("c-1.parquet", STREAM, OPEN_MS);
    assertThat(candles.isOneOfAfter(KILL_MS)).isFalse();
    write("c-2.parquet", STREAM, OPEN_MS + 60_000);
    assertThat(candles.isOneOfAfter(KILL_MS)).isTrue();
  }

  @Test
  void aFileThatWasVisibleAtTheKillIsNoRecovery() throws Exception {
    write("c-1.parquet", STREAM, OPEN_MS + 60_000);

    assertThat(new NewCandles(lake).isOneOfAfter(KILL_MS)).isFalse();
  }

  @Test
  void whatIsNotVisibleYetIsNoRecovery() throws Exception {
    NewCandles candles = new NewCandles(lake);
    write("c-1.parquet", STREAM, OPEN_MS + 60_000);
    Path day = new LakeLayout(lake).partition(Folder.CANDLES, Partition.of(STREAM, OPEN_MS));
    Path hidden =
        Files.move(day.resolve("c-1.parquet"), day.resolve(".c-1.parquet.inprogress.abc"));

    assertThat(candles.isOneOfAfter(KILL_MS)).isFalse();
    Files.move(hidden, day.resolve("c-1.parquet"));
    assertThat(candles.isOneOfAfter(KILL_MS)).isTrue();
  }

  @Test
  void theEndOfALargerIntervalCountsNotItsBeginning() throws Exception {
    NewCandles candles = new NewCandles(lake);

    write("c-1.parquet", STREAM.in(Timeframe.M5), OPEN_MS);
    assertThat(candles.isOneOfAfter(OPEN_MS + 300_000)).isFalse();
    assertThat(new NewCandles(lake.resolve("none")).isOneOfAfter(0)).isFalse();
    write("c-2.parquet", STREAM.in(Timeframe.M5), OPEN_MS);
    assertThat(candles.isOneOfAfter(OPEN_MS + 299_999)).isTrue();
  }
}
