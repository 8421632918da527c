package dev.candles.lake.coverage;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.lake.StreamInventory;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageAppenderTest {
  @TempDir Path root;

  @Test
  void rowsAreAppendedPerDayAndNothingElseIsLeft() throws IOException {
    CoverageAppender appender = new CoverageAppender(new LakeLayout(root));
    CoverageRow today = row(BTC, DAY, DAY + MINUTE, IntervalState.THROUGH, 1);
    CoverageRow tomorrow = row(BTC, DAY, DAY + MINUTE, IntervalState.THROUGH, 86_400);
    List<Path> files = appender.append(List.of(today, tomorrow, today));
    assertThat(CoverageFiles.read(files.get(0))).containsExactly(today, today);
    assertThat(CoverageFiles.read(files.get(1))).containsExactly(tomorrow);
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(files);
    }
    assertThat(appender.append(List.of())).isEmpty();
  }

  @Test
  void throughIsTheFirstIntervalWithoutAState() {
    StreamInventory hole =
        held(Intervals.of(0, MINUTE), Intervals.of(MINUTE, 2 * MINUTE), Intervals.empty());
    assertThat(CoverageAppender.through(hole)).isEqualTo(2 * MINUTE);
    StreamInventory whole =
        held(Intervals.of(0, MINUTE), Intervals.empty(), Intervals.of(MINUTE, 10 * MINUTE));
    assertThat(CoverageAppender.through(whole)).isEqualTo(10 * MINUTE);
    CoverageRow row = CoverageAppender.throughRow(hole, 99);
    assertThat(row.state()).isEqualTo(IntervalState.THROUGH);
    assertThat(row.toMs()).isEqualTo(2 * MINUTE);
    assertThat(row.seq()).isEqualTo(6);
  }

  @Test
  void afterTheHighestNumberThatCanBeReadRowsCanBeReadAndTheLaterOneHolds() throws IOException {
    Samples.write(root, highest(IntervalState.MISSING, Reason.NOT_CLOSED, DAY + MINUTE));
    CoverageRow next = CoverageAppender.throughRow(scan(), DAY + 2 * MINUTE);
    CoverageAppender appender = new CoverageAppender(new LakeLayout(root));
    assertThat(CoverageFiles.read(appender.append(List.of(next)).get(0))).containsExactly(next);
    appender.append(List.of(highest(IntervalState.VERIFIED_EMPTY, Reason.NONE, DAY + 3 * MINUTE)));
    assertThat(scan().empties()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
  }

  private StreamInventory scan() throws IOException {
    return new FileLake(root.toString())
        .scan(List.of(BTC), DAY, DAY + 2 * MINUTE, DAY + 2 * MINUTE)
        .get(0);
  }

  private static CoverageRow highest(IntervalState state, Reason reason, long atMs) {
    return new CoverageRow(
        BTC, DAY, DAY + MINUTE, state, reason, Evidence.REST, CoverageRow.MAX_SEQ, atMs);
  }

  private static StreamInventory held(
      Intervals finals, Intervals empties, Intervals unrecoverable) {
    return new StreamInventory(
        BTC, 0, 10 * MINUTE, finals, empties, unrecoverable, 0, 5, List.of());
  }
}
