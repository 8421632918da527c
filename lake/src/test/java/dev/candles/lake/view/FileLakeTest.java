package dev.candles.lake.view;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.ETH;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.lake.HeldParts;
import dev.candles.core.lake.StreamInventory;
import dev.candles.lake.Samples;
import dev.candles.lake.compact.Archiver;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.disk.Trees;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileLakeTest {
  private static final long NOW = DAY + 10 * MINUTE + 1;

  @TempDir Path root;
  private FileLake lake;

  @BeforeEach
  void open() {
    lake = new FileLake(root.toString());
  }

  private StreamInventory scan() throws IOException {
    return lake.scan(List.of(BTC), DAY, DAY, NOW).get(0);
  }

  @Test
  void aLakeThatDoesNotExistYetHoldsNothing() throws IOException {
    StreamInventory held =
        new FileLake(root.resolve("absent").toString()).scan(List.of(BTC), DAY, DAY, NOW).get(0);
    assertThat(held.unknown()).isEqualTo(Intervals.of(DAY, DAY + 10 * MINUTE));
    assertThat(held.seq()).isZero();
    assertThat(root.resolve("absent")).doesNotExist();
  }

  @Test
  void everyStreamAskedGetsItsAnswerInOrder() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, candle(ETH, DAY - 60 * MINUTE, 0));
    List<StreamInventory> held = lake.scan(List.of(ETH, BTC), DAY - 90 * MINUTE, DAY, NOW);
    assertThat(held).extracting(StreamInventory::stream).containsExactly(ETH, BTC);
    assertThat(held.get(0).fromMs()).isEqualTo(DAY - 120 * MINUTE);
    assertThat(held.get(0).toMs()).isEqualTo(DAY);
    assertThat(held.get(0).finals()).isEqualTo(Intervals.of(DAY - 60 * MINUTE, DAY));
    assertThat(held.get(1).finals()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
  }

  @Test
  void aCandleWinsOverEveryRowOfCoverage() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(
        root,
        row(BTC, DAY, DAY + 3 * MINUTE, IntervalState.VERIFIED_EMPTY, 1),
        row(BTC, DAY + 2 * MINUTE, DAY + 3 * MINUTE, IntervalState.UNRECOVERABLE, 2));
    StreamInventory held = scan();
    assertThat(held.finals()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
    assertThat(held.empties()).isEqualTo(Intervals.of(DAY + MINUTE, DAY + 2 * MINUTE));
    assertThat(held.unrecoverable()).isEqualTo(Intervals.of(DAY + 2 * MINUTE, DAY + 3 * MINUTE));
    assertThat(held.seq()).isEqualTo(2);
  }

  @Test
  void aRangeIsWholeWhenEachOfItsIntervalsIsKnown() throws IOException {
    assertThat(whole(DAY, DAY + 3 * MINUTE)).isEmpty();
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, candle(BTC, DAY + 2 * MINUTE, 0));
    Samples.write(root, row(BTC, DAY, DAY + MINUTE, IntervalState.VERIFIED_EMPTY, 1));
    assertThat(whole(DAY, DAY + 3 * MINUTE)).isEmpty();
    Samples.write(root, row(BTC, DAY + MINUTE, DAY + 2 * MINUTE, IntervalState.VERIFIED_EMPTY, 2));
    Samples.write(root, candle(BTC, DAY + 2 * MINUTE, 1));
    assertThat(whole(DAY, DAY + 3 * MINUTE).orElseThrow())
        .extracting(Candle::openTimeMs, Candle::revision)
        .containsExactly(tuple(DAY, 0), tuple(DAY + 2 * MINUTE, 1));
    assertThat(whole(DAY, DAY + 4 * MINUTE)).isEmpty();
    // a row's day is when it was written, and a clock may have been set back since
    Samples.write(root, row(BTC, DAY + 3 * MINUTE, DAY + 4 * MINUTE, IntervalState.MISSING, 3));
    assertThat(whole(DAY, DAY + 4 * MINUTE)).isEmpty();
    Samples.write(
        root, row(BTC, DAY + 3 * MINUTE, DAY + 4 * MINUTE, IntervalState.VERIFIED_EMPTY, 4));
    assertThat(whole(DAY, DAY + 4 * MINUTE)).isPresent();
  }

  private Optional<List<Candle>> whole(long fromMs, long toMs) throws IOException {
    return lake.read(Set.of(BTC), fromMs).held(BTC, DAY, DAY + DAY_MILLIS).whole(fromMs, toMs);
  }

  @Test
  void aFinalRowWithoutItsCandleIsUnknown() throws IOException {
    Samples.write(
        root,
        row(BTC, DAY, DAY + MINUTE, IntervalState.VERIFIED_EMPTY, 1),
        row(BTC, DAY, DAY + MINUTE, IntervalState.FINAL, 2));
    assertThat(scan().unknown()).isEqualTo(Intervals.of(DAY, DAY + 10 * MINUTE));
  }

  @Test
  void theRangeStartsAtTheOldestIntervalThatIsStillMissing() throws IOException {
    long old = DAY - 3 * DAY_MILLIS;
    Samples.write(root, row(BTC, old, old + 5 * MINUTE, IntervalState.MISSING, 1));
    Samples.write(root, row(BTC, old, old + MINUTE, IntervalState.UNRECOVERABLE, 2));
    Samples.write(root, candle(BTC, old + MINUTE, 0));
    assertThat(scan().fromMs()).as("held, and the newest").isEqualTo(old + MINUTE);
    Samples.write(root, candle(BTC, DAY, 0));
    assertThat(scan().fromMs()).isEqualTo(old + 2 * MINUTE);
  }

  @Test
  void historyIsTheStartWhenNothingOlderIsMissing() throws IOException {
    Samples.write(root, row(BTC, DAY - 5 * MINUTE, DAY - 4 * MINUTE, IntervalState.MISSING, 1));
    Samples.write(root, candle(BTC, DAY - 5 * MINUTE, 0));
    Samples.write(root, candle(BTC, DAY + MINUTE, 0));
    assertThat(scan().fromMs()).isEqualTo(DAY);
  }

  @Test
  void whoWasAwayForLongerThanHistoryReachesGoesOnAtTheNewestCandle() throws IOException {
    long day = DAY - 2 * DAY_MILLIS;
    Samples.write(root, candle(BTC, day + MINUTE, 0));
    assertThat(scan().fromMs()).isEqualTo(day + MINUTE);
    Samples.write(root, candle(BTC, day - MINUTE, 0));
    Samples.write(root, candle(BTC, day, 0));
    assertThat(scan().fromMs()).as("over midnight").isEqualTo(day - 8 * MINUTE);
    assertThat(scan().recent()).hasSize(3);
  }

  /** They are asked about once more, and a correction needs to know what it corrects. */
  @Test
  void theLastTenMinutesBeforeALongAbsenceComeWithTheirVersions() throws IOException {
    for (long away : new long[] {DAY_MILLIS / 6, 2 * DAY_MILLIS}) {
      long end = DAY - away - 5 * MINUTE;
      for (int i = 1; i <= 20; i++) {
        Samples.write(root, candle(BTC, end - i * MINUTE, 0));
      }
      StreamInventory held = scan();
      assertThat(held.fromMs()).isEqualTo(end - 10 * MINUTE);
      assertThat(held.finals()).isEqualTo(Intervals.of(end - 10 * MINUTE, end));
      assertThat(held.recent())
          .extracting(Candle::openTimeMs)
          .hasSize(10)
          .startsWith(end - 10 * MINUTE)
          .endsWith(end - MINUTE);
      Trees.delete(root.resolve("candles"));
    }
  }

  /** An interval of which the beginning is recent is replayed whole: its version is needed. */
  @Test
  void recentIsCountedFromWholeIntervals() throws IOException {
    StreamKey hours = BTC.in(Timeframe.H1);
    Samples.write(root, candle(hours, DAY, 0), candle(hours, DAY + 60 * MINUTE, 0));
    StreamInventory held =
        lake.scan(List.of(hours), DAY, DAY + 90 * MINUTE, DAY + 120 * MINUTE).get(0);
    assertThat(held.recent()).extracting(Candle::openTimeMs).containsExactly(DAY + 60 * MINUTE);
  }

  @Test
  void theHighestRevisionIsTheCurrentVersion() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 0));
    Samples.write(root, Folder.REVISIONS, List.of(candle(BTC, DAY, 2)));
    Samples.write(
        root, Folder.REVISIONS, List.of(candle(BTC, DAY, 1), candle(BTC, DAY + 5 * MINUTE, 1)));
    assertThat(lake.candles(BTC, DAY, DAY + DAY_MILLIS))
        .containsExactly(candle(BTC, DAY, 2), candle(BTC, DAY + MINUTE, 0));
    assertThat(scan().recent()).containsExactly(candle(BTC, DAY, 2), candle(BTC, DAY + MINUTE, 0));
    assertThat(scan().finals()).isEqualTo(Intervals.of(DAY, DAY + 2 * MINUTE));
  }

  @Test
  void candlesComeAscendingAcrossDaysWithinTheRangeOnly() throws IOException {
    Samples.write(root, candle(BTC, DAY + MINUTE, 0), candle(BTC, DAY, 0));
    Samples.write(root, candle(BTC, DAY - MINUTE, 0), candle(BTC, DAY - 2 * MINUTE, 0));
    assertThat(lake.candles(BTC, DAY - MINUTE, DAY + MINUTE))
        .extracting(Candle::openTimeMs)
        .containsExactly(DAY - MINUTE, DAY);
  }

  /** Whoever asks has a clock that is slow, and would write it again. */
  @Test
  void theRangeEndsNeverBeforeTheNewestCandle() throws IOException {
    Samples.write(root, candle(BTC, DAY + 9 * MINUTE, 0));
    assertThat(scan().toMs()).as("the last interval that is over").isEqualTo(DAY + 10 * MINUTE);
    long nextDay = DAY + DAY_MILLIS;
    for (long open : new long[] {DAY + 12 * MINUTE, nextDay}) {
      Samples.write(root, candle(BTC, open, 0));
      StreamInventory held = scan();
      assertThat(held.toMs()).isEqualTo(open + MINUTE);
      assertThat(held.finals().contains(open)).isTrue();
      assertThat(held.unknown().contains(open - MINUTE)).isTrue();
      assertThat(held.recent()).extracting(Candle::openTimeMs).endsWith(open);
    }
    long known = scan().toMs();
    long future = DAY + 10 * DAY_MILLIS;
    Samples.write(root, candle(BTC, future, 0));
    assertThat(scan().toMs()).as("a file of the future").isEqualTo(known);
    assertThat(scan().recent()).extracting(Candle::openTimeMs).doesNotContain(future);
  }

  /** So that it is asked for once a day, though nobody remembers it. */
  @Test
  void whatNoAnswerProvedBeforeTheRangeIsToldUnlessItHasACandleOrWasNotListed() throws IOException {
    long old = DAY - 9 * DAY_MILLIS;
    Intervals lost = Intervals.of(old + 5 * MINUTE, old + 7 * MINUTE);
    for (long day : new long[] {old, old - DAY_MILLIS}) {
      boolean unlisted = day < old;
      Samples.write(
          root,
          new CoverageRow(
              BTC,
              day + 3 * MINUTE,
              day + 7 * MINUTE,
              IntervalState.UNRECOVERABLE,
              unlisted ? Reason.BEFORE_LISTING : Reason.NO_PROOF,
              null,
              unlisted ? 1 : 2,
              day));
    }
    Samples.write(root, candle(BTC, old + 3 * MINUTE, 0), candle(BTC, old + 4 * MINUTE, 0));
    Samples.write(root, candle(BTC, DAY, 0));
    StreamInventory held = scan();
    assertThat(held.fromMs()).isEqualTo(DAY);
    assertThat(held.unrecoverable()).isEqualTo(lost);
    Samples.write(root, row(BTC, lost.from(0), lost.to(0), IntervalState.VERIFIED_EMPTY, 3));
    assertThat(scan().unrecoverable().isEmpty()).isTrue();
    Samples.write(
        root,
        row(BTC, old - DAY_MILLIS, old - DAY_MILLIS + MINUTE, IntervalState.UNRECOVERABLE, 4));
    assertThat(scan().unrecoverable())
        .isEqualTo(Intervals.of(old - DAY_MILLIS, old - DAY_MILLIS + MINUTE));
  }

  @Test
  void whereTheListingIsByCoverageIsToldUnlessACandleLiesBeforeIt() throws IOException {
    long listedMs = DAY - 2 * DAY_MILLIS;
    assertThat(scan().listedMs()).isZero();
    Samples.write(
        root,
        new CoverageRow(
            BTC,
            listedMs - 3 * DAY_MILLIS,
            listedMs,
            IntervalState.UNRECOVERABLE,
            Reason.BEFORE_LISTING,
            null,
            1,
            DAY));
    Samples.write(root, candle(BTC, listedMs + MINUTE, 0));
    assertThat(scan().listedMs()).isEqualTo(listedMs);
    StreamInventory larger = lake.scan(List.of(BTC.in(Timeframe.M5)), DAY, DAY, NOW).get(0);
    assertThat(larger.listedMs()).isZero();
    Samples.write(root, candle(BTC, listedMs - 2 * DAY_MILLIS, 0));
    assertThat(scan().listedMs()).isZero();
  }

  @Test
  void aFileThatIsNoGoodIsCountedLeftAloneAndAsIfAbsent() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0));
    Path cut = Samples.write(root, candle(BTC, DAY + MINUTE, 0));
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 9));
    Path coverage = Samples.write(root, row(BTC, DAY, DAY + MINUTE, IntervalState.MISSING, 1));
    Files.write(coverage, new byte[0]);
    assertThat(scan().finals()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
    assertThat(lake.unreadableFiles()).isEqualTo(2);
    assertThat(cut).exists();
    assertThat(coverage).exists();
  }

  @Test
  void whatLiesInAnotherLakeIsToldFromSilence(@TempDir Path elsewhere) throws Exception {
    Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + 2 * MINUTE, 0));
    LakeLayout layout = new LakeLayout(root);
    Partition day = Partition.of(BTC, DAY);
    new Compactor(layout).compact(day, DayKnowledge.none(DAY + 9 * DAY_MILLIS));
    assertThat(lake.archived(BTC, DAY, DAY + 9 * MINUTE).isEmpty()).isTrue();
    new Archiver(layout, new LakeLayout(elsewhere)).archive(day);
    assertThat(lake.candles(BTC, DAY, DAY + 9 * MINUTE)).isEmpty();
    assertThat(lake.archived(BTC, DAY + MINUTE, DAY + 9 * MINUTE))
        .isEqualTo(Intervals.of(DAY + 2 * MINUTE, DAY + 3 * MINUTE));
    HeldParts held = lake.read(Set.of(BTC), DAY).held(BTC, DAY, DAY + DAY_MILLIS);
    assertThat(held.whole(DAY, DAY + MINUTE)).isEmpty();
    assertThat(held.isArchived(DAY, DAY + MINUTE)).isTrue();
    assertThat(held.isArchived(DAY + MINUTE, DAY + 2 * MINUTE)).isFalse();
  }

  @Test
  void hiddenAndUnfinishedFilesAreNotRead() throws IOException {
    Path file = Samples.write(root, candle(BTC, DAY, 0));
    Files.move(file, file.resolveSibling("." + file.getFileName() + ".inprogress.1"));
    Path other = Samples.write(root, candle(BTC, DAY + MINUTE, 0));
    Files.move(other, other.resolveSibling("_" + other.getFileName()));
    assertThat(scan().finals().isEmpty()).isTrue();
    assertThat(lake.unreadableFiles()).isZero();
  }

  @Test
  void itTravelsToTheReaders() throws Exception {
    Samples.write(root, candle(BTC, DAY, 0));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(lake);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((FileLake) in.readObject()).candles(BTC, DAY, NOW)).hasSize(1);
    }
  }

  @Test
  void aFolderThatCannotBeReadFailsTheScan() throws IOException {
    Path folder = root.resolve("candles/venue=coinbase/symbol=BTC-USD/timeframe=1m");
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file in a folder's place");
    assertThatThrownBy(this::scan).isInstanceOf(IOException.class);
  }

  /** The minutes are asked for again, and nobody reckons with them: neither sums nor ids. */
  @Test
  void aFileWithANumberThatIsNoneIsNoGoodEither() throws IOException {
    Candle good = candle(BTC, DAY, 0);
    Samples.write(root, good);
    Path bad =
        Samples.write(
            root,
            new Candle(
                BTC,
                DAY + MINUTE,
                good.prices(),
                Volumes.ofBase(Double.NaN),
                good.trades(),
                good.provenance()));
    byte[] before = Files.readAllBytes(bad);
    StreamInventory held = scan();
    assertThat(held.finals()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
    assertThat(held.unknown()).isEqualTo(Intervals.of(DAY + MINUTE, DAY + 10 * MINUTE));
    assertThat(held.recent()).containsExactly(good);
    assertThat(lake.unreadableFiles()).isEqualTo(1);
    HeldParts parts = lake.read(Set.of(BTC), DAY).held(BTC, DAY, DAY + 2 * MINUTE);
    assertThat(parts.candles()).containsExactly(good);
    assertThat(parts.whole(DAY, DAY + 2 * MINUTE)).isEmpty();
    assertThat(Files.readAllBytes(bad)).isEqualTo(before);
  }

  /** Whoever counts on from the highest number would count from the lowest. */
  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE, (1L << 53) + 1})
  void coverageWithANumberThatNoWriterGivesIsNoGood(long seq) throws IOException {
    Samples.write(root, row(BTC, DAY, DAY + MINUTE, IntervalState.MISSING, 7));
    CoverageRow odd =
        new CoverageRow(BTC, DAY, DAY + MINUTE, IntervalState.MISSING, Reason.NONE, null, seq, DAY);
    Path file = Samples.write(root, odd);
    assertThat(scan().seq()).isEqualTo(7);
    assertThat(lake.unreadableFiles()).isEqualTo(1);
    assertThatThrownBy(() -> CoverageFiles.read(file)).hasMessageContaining("seq=" + seq);
  }
}
