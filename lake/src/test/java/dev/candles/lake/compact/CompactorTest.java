package dev.candles.lake.compact;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.compact.Lakes.OVER;
import static dev.candles.lake.compact.Lakes.PARTITION;
import static dev.candles.lake.compact.Lakes.compactor;
import static dev.candles.lake.compact.Lakes.content;
import static dev.candles.lake.compact.Lakes.folder;
import static dev.candles.lake.compact.Lakes.revisions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.Samples;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.manifest.Check;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactorTest {
  @TempDir Path root;

  private Outcome compact() {
    return compactor(root).compact(PARTITION, OVER);
  }

  private List<Candle> current() throws IOException {
    return new FileLake(root.toString()).candles(BTC, DAY, DAY + DAY_MILLIS);
  }

  private Manifest manifest() throws IOException {
    return Manifests.read(folder(root), PARTITION).orElseThrow();
  }

  @Test
  void manyFilesBecomeOneWithTheCurrentVersionOfEachCandle() throws IOException {
    Lakes.fill(root, 1);
    List<Candle> before = current();
    Outcome outcome = compact();
    assertThat(outcome.kind()).as(outcome.reason()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(outcome.files()).isGreaterThan(10);
    assertThat(outcome.filesAfter()).isEqualTo(2);
    assertThat(outcome.duplicates()).isEqualTo(9);
    assertThat(outcome.bytesAfter()).isPositive().isLessThan(outcome.bytes());
    List<Path> files = DataFiles.in(folder(root));
    assertThat(files).hasSize(1);
    assertThat(CandleFiles.read(files.get(0), PARTITION)).isEqualTo(before).hasSize(59);
    assertThat(current()).isEqualTo(before);
  }

  @Test
  void olderVersionsMoveToTheRevisions() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 0));
    Samples.write(root, Folder.REVISIONS, List.of(candle(BTC, DAY, 2), candle(BTC, DAY, 1)));
    Samples.write(root, Folder.REVISIONS, List.of(candle(BTC, DAY + 5 * MINUTE, 1)));
    assertThat(compact().reason()).isEmpty();
    assertThat(CandleFiles.read(DataFiles.in(folder(root)).get(0), PARTITION))
        .containsExactly(candle(BTC, DAY, 2), candle(BTC, DAY + MINUTE, 0));
    assertThat(CandleFiles.read(DataFiles.in(revisions(root)).get(0), PARTITION))
        .as("one without a first version stays what it is")
        .containsExactly(
            candle(BTC, DAY, 0), candle(BTC, DAY, 1), candle(BTC, DAY + 5 * MINUTE, 1));
    assertThat(current()).hasSize(2);
  }

  @Test
  void theSameRowsGiveTheSameBytesWhateverFilesTheyCameIn(@TempDir Path other) throws IOException {
    Lakes.fill(root, 1);
    compact();
    for (long seed = 2; seed < 12; seed++) {
      Path again = other.resolve("lake-" + seed);
      Lakes.fill(again, seed);
      compactor(again).compact(PARTITION, OVER);
      assertThat(content(again)).as("seed %d", seed).isEqualTo(content(root));
    }
  }

  @Test
  void aSecondRunChangesNothing() throws IOException {
    Lakes.fill(root, 1);
    compact();
    Map<String, String> once = content(root);
    assertThat(compact().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    assertThat(content(root)).isEqualTo(once);
  }

  @Test
  void newFilesOfACompactedDayAreMergedByTheNextRun(@TempDir Path other) throws IOException {
    Lakes.fill(root, 1);
    compact();
    Candle late = candle(BTC, DAY + 17 * MINUTE, 0);
    Samples.write(root, late);
    Samples.write(root, candle(BTC, DAY, 0)); // known already
    assertThat(current()).hasSize(60).contains(late);
    Outcome outcome = compact();
    assertThat(outcome.kind()).as(outcome.reason()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(outcome.duplicates()).isEqualTo(1);
    assertThat(manifest().rows()).isEqualTo(60);

    Lakes.fill(other, 9);
    Samples.write(other, late);
    compactor(other).compact(PARTITION, OVER);
    assertThat(content(root)).as("in one go or in two").isEqualTo(content(other));
  }

  @Test
  void aDuplicateOfWhatIsSealedLeavesTheSealedFileAsItIs() throws IOException {
    Lakes.fill(root, 1);
    compact();
    Map<String, String> once = content(root);
    Samples.write(root, candle(BTC, DAY + 3 * MINUTE, 0));
    assertThat(compact().kind()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(content(root)).isEqualTo(once);
  }

  @Test
  void theManifestSaysWhatIsPresentEmptyGivenUpAndMissing() throws IOException {
    Samples.write(root, candle(BTC, DAY + 2 * MINUTE, 0), candle(BTC, DAY + 3 * MINUTE, 0));
    Intervals empty = Intervals.of(DAY + 4 * MINUTE, DAY + 6 * MINUTE);
    Intervals givenUp = Intervals.of(DAY + 6 * MINUTE, DAY + 7 * MINUTE);
    // a candle is stronger than silence, and both are stronger than giving up
    Intervals toldEmpty = Intervals.of(DAY + 3 * MINUTE, DAY + 6 * MINUTE);
    Intervals toldGivenUp = Intervals.of(DAY + 2 * MINUTE, DAY + 7 * MINUTE);
    compactor(root)
        .compact(
            PARTITION,
            new DayKnowledge(
                toldEmpty, toldGivenUp, Intervals.empty(), DAY + MINUTE, DAY + DAY_MILLIS));
    Manifest manifest = manifest();
    assertThat(manifest.expected()).isEqualTo(Intervals.of(DAY + MINUTE, DAY + DAY_MILLIS));
    assertThat(manifest.present()).isEqualTo(Intervals.of(DAY + 2 * MINUTE, DAY + 4 * MINUTE));
    assertThat(manifest.empty()).isEqualTo(empty);
    assertThat(manifest.unrecoverable()).isEqualTo(givenUp);
    assertThat(manifest.count(manifest.missing())).isEqualTo(1440 - 7 + 1);
    assertThat(manifest.checks())
        .containsExactly(new Check(Compactor.CHECK, Check.Verdict.PASS, manifest.rootSha256()));
  }

  @Test
  void whatCoverageLearnsLaterIsSealedWithoutTouchingTheData() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0));
    compact();
    Manifest first = manifest();
    Manifests.write(
        folder(root),
        first.withChecks(
            List.of(
                new Check("other.1", Check.Verdict.PASS, "ab".repeat(32)),
                new Check("whole.1", Check.Verdict.PASS, first.rootSha256()))));
    Intervals empty = Intervals.of(DAY + MINUTE, DAY + DAY_MILLIS);
    DayKnowledge more =
        new DayKnowledge(empty, Intervals.empty(), Intervals.empty(), DAY, OVER.nowMs());
    assertThat(compactor(root).compact(PARTITION, more).kind()).isEqualTo(Outcome.Kind.RESEALED);
    assertThat(manifest().missing().isEmpty()).isTrue();
    assertThat(manifest().files()).isEqualTo(first.files());
    assertThat(manifest().checks())
        .extracting(Check::id)
        .containsExactly("compaction.1", "other.1");
    assertThat(compactor(root).compact(PARTITION, more).kind()).isEqualTo(Outcome.Kind.UNCHANGED);
  }

  @Test
  void aPartitionThatIsBeingCompactedIsSkipped() throws IOException {
    Lakes.fill(root, 1);
    Outcome[] inside = new Outcome[1];
    Compactor outer =
        new Compactor(
            new LakeLayout(root),
            step -> {
              if (step == Step.MERGED) {
                inside[0] = compact();
              }
            });
    assertThat(outer.compact(PARTITION, OVER).kind()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(inside[0].kind()).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(inside[0].reason()).isEqualTo("it is being compacted already");
    assertThat(compact().kind()).as("the lock is free again").isEqualTo(Outcome.Kind.UNCHANGED);
  }

  @Test
  void pendingFilesAreLeftAlone() throws IOException {
    Path pending = Samples.write(root, candle(BTC, DAY, 0));
    Path hidden = pending.resolveSibling("." + pending.getFileName() + ".inprogress.1");
    Files.move(pending, hidden);
    assertThat(compact().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    Samples.write(root, candle(BTC, DAY + MINUTE, 0));
    compact();
    assertThat(hidden).exists();
    assertThat(manifest().rows()).isEqualTo(1);
  }

  @Test
  void everyIntervalOfASealedDayIsKnownWithoutOpeningItsFiles() throws IOException {
    Lakes.fill(root, 1);
    compact();
    Path file = DataFiles.in(folder(root)).get(0);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, (byte) 0);
    Files.write(file, bytes); // nobody could read it
    FileLake lake = new FileLake(root.toString());
    long later = DAY + 10 * DAY_MILLIS;
    Samples.write(root, candle(BTC, DAY + 17 * MINUTE, 0));
    assertThat(lake.scan(List.of(BTC), DAY, later, later).get(0).finals())
        .isEqualTo(Intervals.of(DAY, DAY + 60 * MINUTE));
    assertThat(lake.unreadableFiles()).isZero();
  }

  @Test
  void aManifestWhoseFileHasAnotherLengthIsNotFollowed() throws IOException {
    Lakes.fill(root, 1);
    compact();
    Path file = DataFiles.in(folder(root)).get(0);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
    FileLake lake = new FileLake(root.toString());
    long later = DAY + 10 * DAY_MILLIS;
    assertThat(lake.scan(List.of(BTC), DAY, later, later).get(0).finals().isEmpty()).isTrue();
    assertThat(lake.unreadableFiles()).isPositive();
  }
}
