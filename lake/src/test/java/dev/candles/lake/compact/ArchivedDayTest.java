package dev.candles.lake.compact;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.compact.Lakes.PARTITION;
import static dev.candles.lake.compact.Lakes.content;
import static dev.candles.lake.compact.Lakes.folder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive has no coverage: what was proven of a day is in its manifest, and stays there. */
class ArchivedDayTest {
  private static final long NOW = DAY + 3 * DAY_MILLIS;
  private static final Intervals EMPTY = Intervals.of(DAY + 60 * MINUTE, DAY + 90 * MINUTE);
  private static final Intervals LOST = Intervals.of(DAY + 90 * MINUTE, DAY + 99 * MINUTE);

  @TempDir Path root;
  @TempDir Path lakes;
  private Path archive = Path.of("");

  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void archive() throws IOException {
    archive = lakes.resolve("archive");
    Lakes.fill(root, 1);
    row(EMPTY, IntervalState.VERIFIED_EMPTY, 1);
    row(LOST, IntervalState.UNRECOVERABLE, 2);
    CompactionTask task = plan(root).get(0);
    new Compactor(new LakeLayout(root)).compact(task.toPartition(), task.knowledge());
    archive(root, archive);
  }

  private void row(Intervals intervals, IntervalState state, long seq) throws IOException {
    long from = intervals.from(0);
    long to = intervals.to(0);
    Samples.write(
        root, new CoverageRow(BTC, from, to, state, Reason.NONE, Evidence.REST, seq, to + MINUTE));
  }

  private static void archive(Path from, Path to) {
    Outcome moved = new Archiver(new LakeLayout(from), new LakeLayout(to)).archive(PARTITION);
    assertThat(moved.kind()).isEqualTo(Outcome.Kind.COMPACTED);
  }

  private static List<CompactionTask> plan(Path lake) throws IOException {
    return CompactionPlan.of(new LakeLayout(lake), p -> true, CompactionPlan.Days.ALL, NOW).tasks();
  }

  private static void compactUntil(Path lake, int steps) throws IOException {
    CompactionTask task = plan(lake).get(0);
    int[] left = {steps};
    Compactor compactor =
        new Compactor(
            new LakeLayout(lake),
            step -> {
              if (left[0]-- == 0) {
                throw new Kill();
              }
            });
    assertThat(compactor.compact(task.toPartition(), task.knowledge()).reason()).isEmpty();
  }

  private static Manifest manifest(Path lake) throws IOException {
    return Manifests.read(folder(lake), PARTITION).orElseThrow();
  }

  @Test
  void thereIsNothingToCompactInAnArchive() throws IOException {
    Manifest sealed = manifest(archive);
    assertThat(sealed.empty()).isEqualTo(EMPTY);
    assertThat(sealed.unrecoverable()).isEqualTo(LOST);
    Map<String, String> before = content(archive);
    assertThat(plan(archive)).isEmpty();
    Outcome outcome = Lakes.compactor(archive).compact(PARTITION, Lakes.OVER);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    assertThat(content(archive)).isEqualTo(before);
  }

  @Test
  void whatComesLaterIntoAnArchiveLeavesWhatWasProvenWhereverItIsKilled() throws IOException {
    Intervals found = Intervals.of(DAY + 61 * MINUTE, DAY + 62 * MINUTE);
    int step = 0;
    for (boolean killed = true; killed; step++) {
      Path there = lakes.resolve("archive-" + step);
      copyTo(there);
      Samples.write(there, candle(BTC, found.from(0), 0));
      killed = false;
      try {
        compactUntil(there, step);
      } catch (Kill kill) {
        killed = true;
      }
      if (!plan(there).isEmpty()) {
        compactUntil(there, Integer.MAX_VALUE);
      }
      Manifest after = manifest(there);
      assertThat(after.present()).as("step %d", step).isEqualTo(intervals(0, 60).union(found));
      assertThat(after.empty()).as("step %d", step).isEqualTo(EMPTY.minus(found));
      assertThat(after.unrecoverable()).as("step %d", step).isEqualTo(LOST);
      assertThat(after.expected())
          .as("step %d", step)
          .isEqualTo(Intervals.of(DAY, DAY + DAY_MILLIS));
    }
    assertThat(step).isGreaterThan(5);
  }

  private void copyTo(Path lake) throws IOException {
    for (String file : content(archive).keySet()) {
      Path copy = lake.resolve(file);
      Files.createDirectories(copy.resolveSibling("."));
      Files.copy(archive.resolve(file), copy);
    }
  }

  private static Intervals intervals(int from, int to) {
    return Intervals.of(DAY + from * MINUTE, DAY + to * MINUTE)
        .minus(Intervals.of(DAY + 17 * MINUTE, DAY + 18 * MINUTE));
  }
}
