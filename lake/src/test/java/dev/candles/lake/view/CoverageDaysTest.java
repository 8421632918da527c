package dev.candles.lake.view;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.Samples;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageDaysTest {
  private static final Partition TODAY = Partition.of(BTC, DAY);
  private static final Partition OLD = Partition.of(BTC, DAY - 5 * DAY_MILLIS);
  private static final long NOW = DAY + DAY_MILLIS;

  @TempDir Path root;

  private DayKnowledge ask(Partition partition, Partition... all) throws IOException {
    return CoverageDays.read(new LakeLayout(root), List.of(all)).of(partition, NOW);
  }

  private void write(long fromMs, IntervalState state, long seq, long atMs) throws IOException {
    Samples.write(
        root,
        new CoverageRow(
            BTC, fromMs, fromMs + MINUTE, state, Reason.NONE, Evidence.REST, seq, atMs));
  }

  private void log() throws IOException {
    long old = OLD.fromMs();
    write(old, IntervalState.MISSING, 1, old + MINUTE);
    write(old, IntervalState.VERIFIED_EMPTY, 2, DAY + MINUTE); // an old gap, closed late
    write(DAY, IntervalState.MISSING, 3, DAY - MINUTE); // a clock that was behind
    write(DAY + MINUTE, IntervalState.VERIFIED_EMPTY, 4, DAY + 2 * MINUTE);
  }

  @Test
  void aDayIsAnsweredAlikeWhicheverOthersAreAsked() throws IOException {
    log();
    Samples.write(root, candle(BTC, OLD.fromMs() + MINUTE, 0));
    Samples.write(root, candle(BTC, DAY + 2 * MINUTE, 0));

    DayKnowledge alone = ask(TODAY, TODAY);
    assertThat(alone.missing()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
    assertThat(alone.empty()).isEqualTo(Intervals.of(DAY + MINUTE, DAY + 2 * MINUTE));
    assertThat(alone).isEqualTo(ask(TODAY, TODAY, OLD));
    assertThat(ask(OLD, TODAY, OLD).empty())
        .isEqualTo(Intervals.of(OLD.fromMs(), OLD.fromMs() + MINUTE));
  }

  @Test
  void whatWasWrittenLongBeforeADayIsNotReadForIt() throws IOException {
    Samples.write(root, candle(BTC, OLD.fromMs() + MINUTE, 0));
    Samples.write(root, candle(BTC, DAY + 2 * MINUTE, 0));
    write(DAY, IntervalState.MISSING, 1, OLD.fromMs()); // no writer does that

    assertThat(ask(TODAY, TODAY).missing().isEmpty()).isTrue();
    assertThat(ask(TODAY, TODAY, OLD).missing()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
  }

  @Test
  void theWholeLogTellsTheBeginningOfAStreamWithOneDayOfCandles() throws IOException {
    log();
    Samples.write(root, candle(BTC, DAY + 2 * MINUTE, 0));

    assertThat(ask(TODAY, TODAY).sinceMs()).isEqualTo(OLD.fromMs());
  }

  @Test
  void theFirstDayIsExpectedFromTheFirstCandleOnAlsoWhenASecondDayHasCome() throws IOException {
    LakeLayout layout = new LakeLayout(root);
    long beginning = DAY + 14 * 60 * MINUTE;
    for (long openTime = beginning; openTime < DAY + DAY_MILLIS; openTime += 60 * MINUTE) {
      Samples.write(root, candle(BTC, openTime, 0));
    }
    new Compactor(layout).compact(TODAY, ask(TODAY, TODAY));
    Path folder = layout.partition(Folder.CANDLES, TODAY);
    Manifest alone = Manifests.read(folder, TODAY).orElseThrow();
    assertThat(alone.expected()).isEqualTo(Intervals.of(beginning, DAY + DAY_MILLIS));

    Samples.write(root, candle(BTC, DAY + DAY_MILLIS, 0));
    assertThat(new Compactor(layout).compact(TODAY, ask(TODAY, TODAY)).kind())
        .isEqualTo(Outcome.Kind.UNCHANGED);
    assertThat(Manifests.read(folder, TODAY)).contains(alone);
  }

  @Test
  void theFirstDayIsExpectedFromTheFirstRowOfCoverageOnWhereverThatIs() throws IOException {
    log();
    long first = DAY + 14 * 60 * MINUTE;
    Samples.write(root, candle(BTC, first + MINUTE, 0));
    Samples.write(root, candle(BTC, DAY + DAY_MILLIS, 0));
    assertThat(ask(TODAY, TODAY).sinceMs()).isEqualTo(OLD.fromMs());
    Partition tomorrow = Partition.of(BTC, DAY + DAY_MILLIS);
    assertThat(ask(tomorrow, tomorrow).sinceMs()).isLessThanOrEqualTo(tomorrow.fromMs());
  }
}
