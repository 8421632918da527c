package dev.candles.lake.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageMergeTest {
  private static final StreamKey STREAM = new StreamKey("kraken", "BTC-USD", Timeframe.M1);
  private static final long DAY = 86_400_000L;
  private static final long START = 20_000 * DAY;
  private static final long OVER = START + DAY + 3_600_000L;

  @TempDir Path root;
  private LakeLayout layout;
  private Path folder;
  private final List<CoverageRow> rows = new ArrayList<>();

  @BeforeEach
  void aDayOfManyFiles() throws IOException {
    layout = new LakeLayout(root);
    for (int i = 0; i < 12; i++) {
      long from = START + i * 60_000L;
      IntervalState state = i % 2 == 0 ? IntervalState.MISSING : IntervalState.VERIFIED_EMPTY;
      CoverageRow row =
          new CoverageRow(STREAM, from, from + 60_000, state, Reason.SKIPPED, null, i + 1, from);
      folder = new CoverageAppender(layout).append(List.of(row)).get(0).resolveSibling(".");
      rows.add(row);
    }
    folder = folder.normalize();
  }

  private List<Path> files() throws IOException {
    return DataFiles.in(folder);
  }

  private int merge(long nowMs) throws IOException {
    return new CoverageMerge(layout).mergeClosed(nowMs);
  }

  @Test
  void theFilesOfADayBecomeOneWithTheSameRows() throws IOException {
    assertThat(merge(OVER)).isEqualTo(11);
    assertThat(files()).hasSize(1);
    assertThat(CoverageFiles.read(files().get(0))).isEqualTo(rows);
    assertThat(layout.dates(Folder.COVERAGE).dates()).hasSize(1);
  }

  @Test
  void aDayThatIsNotOverStaysAsItIs() throws IOException {
    assertThat(merge(OVER - 1)).isZero();
    assertThat(files()).hasSize(12);
  }

  @Test
  void aSecondRunChangesNothing() throws IOException {
    merge(OVER);
    List<Path> once = files();

    assertThat(merge(OVER)).isZero();
    assertThat(files()).isEqualTo(once);
  }

  @Test
  void whatAKilledRunLeftIsFinishedInTheSameFile() throws IOException {
    List<Path> inputs = files();
    byte[] kept = Files.readAllBytes(inputs.get(3));
    merge(OVER);
    Path merged = files().get(0);
    Files.write(inputs.get(3), kept); // as if the kill had come before it was deleted
    Files.writeString(folder.resolve(".coverage.compacting"), "half");

    assertThat(merge(OVER)).isEqualTo(1);
    assertThat(files()).containsExactly(merged);
    assertThat(CoverageFiles.read(merged)).isEqualTo(rows);
    assertThat(folder.resolve(".coverage.compacting")).doesNotExist();
  }

  @Test
  void twoMergesOfADayDoNotMeet() throws IOException {
    LocalDate day = LocalDate.ofEpochDay(START / DAY);
    try (PartitionLock other =
        PartitionLock.tryTake(layout, CoverageMerge.lockName(day)).orElseThrow()) {
      assertThat(merge(OVER)).isZero();
      assertThat(files()).hasSize(12);
    }
    assertThat(merge(OVER)).isEqualTo(11);
  }

  @Test
  void aFileThatCannotBeReadLeavesTheDayUntouched() throws IOException {
    Path damaged = files().get(5);
    Files.write(damaged, new byte[] {1, 2, 3});

    assertThat(merge(OVER)).isZero();
    assertThat(files()).hasSize(12);
  }
}
