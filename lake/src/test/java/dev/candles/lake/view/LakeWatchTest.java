package dev.candles.lake.view;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapHistory;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.core.coverage.StreamDays;
import dev.candles.lake.Samples;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A watched lake is at every look what a reading of all its files says. */
class LakeWatchTest {
  private static final StreamKey FIVE = BTC.in(Timeframe.M5);
  private static final int DAYS = 3;
  private static final int STEPS = 25;
  private static final Reason[] REASONS = {Reason.HISTORY, Reason.NOT_CLOSED, Reason.SKIPPED};

  /** Long after every folder changed. */
  private static final long REAL = DAY + 400 * DAY_MILLIS;

  @TempDir Path root;
  private long seq;
  private long changes;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyLookEqualsAReadingOfAllFiles(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    LakeWatch watch = new LakeWatch(root);
    for (int step = 0; step < STEPS; step++) {
      change(random);
      long nowMs = DAY + random.nextLong(DAYS * DAY_MILLIS);
      assertThat(watch.look(() -> nowMs, REAL).streams())
          .as("step %d", step)
          .isEqualTo(scratch(nowMs));
    }
  }

  private void change(SplittableRandom random) throws IOException {
    StreamKey stream = random.nextInt(3) == 0 ? FIVE : BTC;
    long step = stream.timeframe().millis();
    long from = DAY + random.nextLong(DAYS * DAY_MILLIS / step) * step;
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> candles(stream, from, random.nextInt(1, 30));
      case 3 -> compact(Partition.of(stream, from));
      default -> row(stream, from, from + random.nextInt(1, 200) * step, random);
    }
  }

  private void candles(StreamKey stream, long fromMs, int most) throws IOException {
    List<Candle> candles = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      long open = fromMs + i * stream.timeframe().millis();
      if (Timeframe.D1.floor(open) == Timeframe.D1.floor(fromMs)) {
        candles.add(candle(stream, open, 0));
      }
    }
    changed(Samples.write(root, Folder.CANDLES, candles).getParent());
  }

  private void row(StreamKey stream, long fromMs, long toMs, SplittableRandom random)
      throws IOException {
    IntervalState state = IntervalState.values()[random.nextInt(IntervalState.values().length)];
    Reason reason =
        state == IntervalState.MISSING || state == IntervalState.UNRECOVERABLE
            ? REASONS[random.nextInt(REASONS.length)]
            : Reason.NONE;
    Evidence evidence = state == IntervalState.VERIFIED_EMPTY ? Evidence.REST : null;
    seq++;
    long atMs = DAY + seq * 3 * 3_600_000;
    long to = state == IntervalState.THROUGH ? fromMs : toMs;
    changed(
        Samples.write(root, new CoverageRow(stream, fromMs, to, state, reason, evidence, seq, atMs))
            .getParent());
  }

  private void compact(Partition partition) throws IOException {
    LakeLayout layout = new LakeLayout(root);
    Path folder = layout.partition(Folder.CANDLES, partition);
    if (Files.isDirectory(folder)) {
      new Compactor(layout).compact(partition, DayKnowledge.none(DAY + 9 * DAY_MILLIS));
      changed(folder);
    }
  }

  /** Each change has a time of its own, as on a disk whose clock is fine enough. */
  private void changed(Path folder) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.fromMillis(DAY + ++changes * 10));
  }

  private List<StreamDays> scratch(long nowMs) throws IOException {
    LakeAccounts lake = new LakeAccounts(root);
    Map<StreamKey, List<CoverageRow>> changes = lake.changes(stream -> true);
    List<StreamDays> all = new ArrayList<>();
    for (StreamAccount whole : lake.read(stream -> true, Long.MIN_VALUE, Long.MAX_VALUE)) {
      StreamAccount account = whole.over(nowMs);
      List<StreamDays.Day> days = new ArrayList<>();
      for (long day = Timeframe.D1.floor(account.fromMs());
          day < account.toMs() && account.fromMs() < account.toMs();
          day += DAY_MILLIS) {
        days.add(new StreamDays.Day(day, account.counts(day, day + DAY_MILLIS)));
      }
      List<CoverageRow> rows = changes.getOrDefault(account.stream(), List.of());
      List<GapRecord> lacking =
          new ArrayList<>(GapHistory.of(account, rows).stream().filter(GapRecord::open).toList());
      for (CoverageRow row : account.withoutCandle()) {
        if (row.state() == IntervalState.UNRECOVERABLE) {
          lacking.add(
              new GapRecord(
                  row.stream(),
                  row.fromMs(),
                  row.toMs(),
                  row.state(),
                  row.reason(),
                  row.evidence(),
                  0,
                  row.atMs()));
        }
      }
      lacking.sort(Comparator.comparingLong(GapRecord::fromMs));
      all.add(
          new StreamDays(
              account.stream(), account.fromMs(), account.toMs(), account.newest(), days, lacking));
    }
    return all;
  }

  @Test
  void onlyWhatChangedIsReadAgain() throws Exception {
    for (int day = 0; day < 5; day++) {
      candles(BTC, DAY + day * DAY_MILLIS, 10);
    }
    LakeWatch watch = new LakeWatch(root);
    long nowMs = DAY + 5 * DAY_MILLIS;
    watch.look(() -> nowMs, REAL);
    assertThat(watch.progress()).isEqualTo("5/5");
    watch.look(() -> nowMs, REAL);
    assertThat(watch.progress()).isEqualTo("0/0");
    candles(BTC, DAY + DAY_MILLIS + 60 * MINUTE, 10);
    watch.look(() -> nowMs, REAL);
    assertThat(watch.progress()).isEqualTo("1/1");
  }

  @Test
  void aFolderThatMayChangeAgainWithTheSameTimeIsReadAgain() throws Exception {
    candles(BTC, DAY, 1);
    LakeWatch watch = new LakeWatch(root);
    long changedMs = DAY + changes * 10;
    watch.look(() -> DAY + DAY_MILLIS, changedMs + 1_000);
    Path folder = candlesWithTheSameTime();
    assertThat(Files.getLastModifiedTime(folder).toMillis()).isEqualTo(changedMs);
    List<StreamDays> second = watch.look(() -> DAY + DAY_MILLIS, changedMs + 2_000).streams();
    assertThat(second.get(0).counts().finals()).isEqualTo(2);
  }

  private Path candlesWithTheSameTime() throws IOException {
    Path folder = Samples.write(root, candle(BTC, DAY + MINUTE, 0)).getParent();
    Files.setLastModifiedTime(folder, FileTime.fromMillis(DAY + changes * 10));
    return folder;
  }

  @Test
  void aDayThatIsGoneIsNotRemembered() throws Exception {
    candles(BTC, DAY, 10);
    candles(BTC, DAY + DAY_MILLIS, 10);
    LakeWatch watch = new LakeWatch(root);
    assertThat(watch.look(() -> DAY + 2 * DAY_MILLIS, REAL).streams().get(0).counts().finals())
        .isEqualTo(20);
    Path folder = new LakeLayout(root).partition(Folder.CANDLES, Partition.of(BTC, DAY));
    for (Path file : Files.list(folder).toList()) {
      Files.delete(file);
    }
    Files.delete(folder);
    assertThat(watch.look(() -> DAY + 2 * DAY_MILLIS, REAL).streams().get(0).counts())
        .isEqualTo(new StateCounts(10, 0, 0, 0, 0));
  }

  @Test
  void aRowThatBecomesVisibleLateIsTaken() throws Exception {
    candles(BTC, DAY + 100 * MINUTE, 1);
    changed(write(DAY, DAY + 9 * MINUTE, 9));
    LakeWatch watch = new LakeWatch(root);
    watch.look(() -> DAY + DAY_MILLIS, REAL);
    changed(write(DAY, DAY + 9 * MINUTE, 9)); // as a merge writes it again
    watch.look(() -> DAY + DAY_MILLIS, REAL);
    assertThat(watch.progress()).as("nothing is read anew").isEqualTo("0/0");
    changed(write(DAY + 20 * MINUTE, DAY + 22 * MINUTE, 3));
    List<StreamDays> late = watch.look(() -> DAY + DAY_MILLIS, REAL).streams();
    assertThat(late).isEqualTo(scratch(DAY + DAY_MILLIS));
    assertThat(late.get(0).counts().missing()).isEqualTo(11);
  }

  @Test
  void aRowThatBecomesVisibleLateIsTakenWhateverDatesAClockThatWasAheadHasLeft() throws Exception {
    changed(write(DAY, DAY + 9 * MINUTE, 9));
    for (int year = 1; year <= 3; year++) {
      changed(write(row(10 + year, DAY + year * 365 * DAY_MILLIS)));
    }
    LakeWatch watch = new LakeWatch(root);
    watch.look(() -> DAY + DAY_MILLIS, REAL);
    changed(write(DAY + 40 * MINUTE, DAY + 42 * MINUTE, 3));
    assertThat(watch.look(() -> DAY + DAY_MILLIS, REAL).streams())
        .isEqualTo(scratch(DAY + DAY_MILLIS));
  }

  @Test
  void rowsThatShareTheHighestNumberAreTaken() throws Exception {
    changed(write(row(CoverageRow.MAX_SEQ, DAY + MINUTE)));
    LakeWatch watch = new LakeWatch(root);
    watch.look(() -> DAY + DAY_MILLIS, REAL);
    changed(
        write(
            row(CoverageRow.MAX_SEQ, DAY + 2 * MINUTE).over(DAY + 40 * MINUTE, DAY + 50 * MINUTE)));
    assertThat(watch.look(() -> DAY + DAY_MILLIS, REAL).streams())
        .isEqualTo(scratch(DAY + DAY_MILLIS));
  }

  /** Half an hour is missing. */
  private static CoverageRow row(long number, long atMs) {
    return new CoverageRow(
        BTC, DAY, DAY + 30 * MINUTE, IntervalState.MISSING, Reason.NOT_CLOSED, null, number, atMs);
  }

  private Path write(CoverageRow row) throws IOException {
    return Samples.write(root, row).getParent();
  }

  private Path write(long fromMs, long toMs, long number) throws IOException {
    return Samples.write(root, Samples.row(BTC, fromMs, toMs, IntervalState.MISSING, number))
        .getParent();
  }

  @Test
  void aStreamThatIsForgottenIsNotRemembered() throws Exception {
    candles(FIVE, DAY, 1);
    Path folder = write(DAY, DAY + 9 * MINUTE, 9);
    changed(folder);
    LakeWatch watch = new LakeWatch(root);
    assertThat(watch.look(() -> DAY + DAY_MILLIS, REAL).streams()).hasSize(2);
    LakeLayout layout = new LakeLayout(root);
    Files.createDirectories(layout.state());
    Files.createFile(layout.forgetNote());
    for (Path file : Files.list(folder).toList()) {
      Files.delete(file);
    }
    assertThat(watch.look(() -> DAY + DAY_MILLIS, REAL).streams()).as("under way").hasSize(1);
    write(DAY, DAY + MINUTE, 10);
    assertThat(watch.look(() -> DAY + DAY_MILLIS, REAL).streams()).hasSize(2);
    for (Path file : Files.list(folder).toList()) {
      Files.delete(file);
    }
    Files.delete(layout.forgetNote());
    Files.createDirectories(layout.forgotten().resolve("2026-01-11-1"));
    assertThat(watch.look(() -> DAY + DAY_MILLIS, REAL).streams()).as("done").hasSize(1);
  }

  @Test
  void aFileThatIsNoGoodIsCountedOnce() throws Exception {
    candles(BTC, DAY, 1);
    Path folder = new LakeLayout(root).partition(Folder.CANDLES, Partition.of(BTC, DAY));
    Files.write(folder.resolve("c-cut.parquet"), new byte[9]);
    changed(folder);
    LakeWatch watch = new LakeWatch(root);
    assertThat(watch.look(() -> DAY + DAY_MILLIS, REAL).unreadableFiles()).isEqualTo(1);
    changed(folder);
    assertThat(watch.look(() -> DAY + DAY_MILLIS, REAL).unreadableFiles()).isEqualTo(1);
  }

  @Test
  void aFileOfCoverageIsReadOnce() throws Exception {
    for (int day = 0; day < 4; day++) {
      changed(write(DAY + day * DAY_MILLIS, DAY + day * DAY_MILLIS + 9 * MINUTE, day + 1));
    }
    Path folder = write(DAY + 4 * DAY_MILLIS, DAY + 4 * DAY_MILLIS + MINUTE, 9);
    Files.write(folder.resolve("c-cut.parquet"), new byte[9]);
    List<Path> met = new ArrayList<>();
    LakeWatch watch = new LakeWatch(root, met::add);
    long nowMs = DAY + 5 * DAY_MILLIS;
    assertThat(watch.look(() -> nowMs, REAL).streams()).isEqualTo(scratch(nowMs));
    changed(folder);
    assertThat(watch.look(() -> nowMs, REAL).streams()).isEqualTo(scratch(nowMs));
    assertThat(met).as("in two looks").containsExactly(folder.resolve("c-cut.parquet"));
  }

  @Test
  void anErrorOfTheJvmLeavesNothingHalfRead() throws Exception {
    candles(BTC, DAY, 2);
    LakeWatch watch = new LakeWatch(root);
    watch.look(() -> DAY + DAY_MILLIS, REAL);
    int[] asked = {0};
    assertThatThrownBy(
            () ->
                watch.look(
                    () -> {
                      if (asked[0]++ > 0) { // before and after it reads
                        throw new OutOfMemoryError("heap");
                      }
                      return DAY + DAY_MILLIS;
                    },
                    REAL))
        .isInstanceOf(OutOfMemoryError.class);
    watch.look(() -> DAY + DAY_MILLIS, REAL);
    assertThat(watch.progress()).as("all is read anew").isEqualTo("1/1");
  }

  /** Rows that were merged have their old numbers, whatever day it is. */
  @Test
  void whatWasDoneToTheLogIsRightAgainTheNextDay() throws Exception {
    Samples.write(root, Samples.row(BTC, DAY, DAY + 9 * MINUTE, IntervalState.MISSING, 9));
    LakeWatch watch = new LakeWatch(root);
    watch.look(() -> DAY + DAY_MILLIS, REAL);
    Path folder =
        Samples.write(root, Samples.row(BTC, DAY, DAY + MINUTE, IntervalState.MISSING, 1))
            .getParent();
    Files.setLastModifiedTime(folder, FileTime.fromMillis(REAL - DAY_MILLIS));
    Samples.write(
        root,
        Samples.row(BTC, DAY + 9 * MINUTE, DAY + 10 * MINUTE, IntervalState.UNRECOVERABLE, 2));
    List<StreamDays> nextDay = watch.look(() -> DAY + DAY_MILLIS, REAL + DAY_MILLIS).streams();
    assertThat(nextDay).isEqualTo(scratch(DAY + DAY_MILLIS));
    assertThat(nextDay.get(0).counts()).isEqualTo(new StateCounts(0, 0, 9, 1, 0));
  }
}
