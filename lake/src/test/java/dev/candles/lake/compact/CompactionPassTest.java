package dev.candles.lake.compact;

import static dev.candles.lake.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.Samples;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.partition.Intent;
import dev.candles.lake.partition.Intents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionPassTest {
  private static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final StreamKey ETH = new StreamKey("okx", "ETH-USDT", Timeframe.M5);
  private static final long HOUR = 3_600_000;
  private static final long DAY_MS = Samples.DAY_MILLIS;
  private static final long NOON = DAY + DAY_MS + 12 * HOUR;

  @TempDir Path root;
  private LakeLayout layout;
  private final CountDownLatch stop = new CountDownLatch(1);
  private BooleanSupplier room = () -> true;

  @BeforeEach
  void open() {
    layout = new LakeLayout(root);
  }

  private int pass(long fromMs, long nowMs) throws Exception {
    return new CompactionPass(layout, room, stop, System::nanoTime).run(fromMs, nowMs);
  }

  /** A day of a stream, so many candles in so many files. */
  private void day(StreamKey stream, long dayMs, int candles, int files) throws IOException {
    int each = Math.max(1, candles / files);
    for (int from = 0; from < candles; from += each) {
      List<Candle> rows = new ArrayList<>();
      for (int i = from; i < Math.min(candles, from + each); i++) {
        rows.add(Samples.candle(stream, dayMs + i * stream.timeframe().millis(), 0));
      }
      Samples.write(root, Folder.CANDLES, rows);
    }
  }

  private int files(StreamKey stream, long dayMs) throws IOException {
    return DataFiles.in(layout.partition(Folder.CANDLES, Partition.of(stream, dayMs))).size();
  }

  @Test
  void anOpenDayIsMergedOnlyWhenItHasManyFiles() throws Exception {
    day(BTC, DAY + DAY_MS, 60, CompactionPass.MANY_FILES);
    day(ETH, DAY + DAY_MS, 60, CompactionPass.MANY_FILES - 1);
    assertThat(pass(Long.MIN_VALUE, NOON)).isEqualTo(1);
    assertThat(files(BTC, DAY + DAY_MS)).isEqualTo(1);
    assertThat(files(ETH, DAY + DAY_MS)).isEqualTo(CompactionPass.MANY_FILES - 1);
    assertThat(pass(Long.MIN_VALUE, NOON + DAY_MS)).as("the day is over").isEqualTo(1);
    assertThat(files(ETH, DAY + DAY_MS)).isEqualTo(1);
    assertThat(pass(Long.MIN_VALUE, NOON + DAY_MS)).isZero();
  }

  @Test
  void onlyDaysThatReachIntoTheRangeAreLookedAt() throws Exception {
    day(BTC, DAY, 60, 20);
    assertThat(pass(DAY + DAY_MS, NOON)).isZero();
    assertThat(pass(DAY + DAY_MS - 1, NOON)).isEqualTo(1);
  }

  @Test
  void aPartitionOfWhichSomethingIsWrongDoesNotStopIt() throws Exception {
    day(BTC, DAY, 60, 20);
    day(ETH, DAY, 60, 20);
    Path bad = layout.partition(Folder.CANDLES, Partition.of(BTC, DAY)).resolve("c-bad.parquet");
    Files.createFile(bad);
    assertThat(pass(Long.MIN_VALUE, NOON)).isEqualTo(1);
    assertThat(files(ETH, DAY)).isEqualTo(1);
    assertThat(files(BTC, DAY)).isEqualTo(21);
  }

  @Test
  void anIntentThatCannotBeBelievedDoesNotKeepItFromTheOthers() throws Exception {
    day(BTC, DAY, 60, 20);
    day(ETH, DAY, 60, 20);
    // of a gap whose candle may have come, the day's files are looked at
    Samples.write(
        root,
        new CoverageRow(
            BTC,
            DAY,
            DAY + 60_000,
            IntervalState.MISSING,
            Reason.NOT_CLOSED,
            null,
            1,
            DAY + 60_000));
    Path folder = layout.partition(Folder.CANDLES, Partition.of(BTC, DAY));
    Files.writeString(folder.resolve(Intents.NAME), "{");
    CompactionPlan plan =
        CompactionPlan.of(layout, partition -> true, CompactionPlan.Days.ALL, NOON);
    assertThat(plan.tasks()).hasSize(2);
    assertThat(pass(Long.MIN_VALUE, NOON)).isEqualTo(1);
    assertThat(files(ETH, DAY)).isEqualTo(1);
    assertThat(files(BTC, DAY)).isEqualTo(20);
    Outcome refused =
        new Compactor(layout).compact(Partition.of(BTC, DAY), DayKnowledge.none(NOON));
    assertThat(refused.kind()).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(refused.reason()).contains("intent cannot be believed").contains(Intents.NAME);
  }

  @Test
  void aPartitionThatCannotBeListedDoesNotKeepItFromTheOthers() throws Exception {
    day(BTC, DAY, 60, 20);
    day(ETH, DAY, 60, 20);
    // of a gap whose candle may have come, the day's files are looked at
    Samples.write(root, Samples.row(BTC, DAY, DAY + 60_000, IntervalState.MISSING, 1));
    Path revisions = layout.partition(Folder.REVISIONS, Partition.of(BTC, DAY));
    Files.createDirectories(revisions.resolveSibling("."));
    Files.writeString(revisions, "a file in a folder's place");
    CompactionPlan plan =
        CompactionPlan.of(layout, partition -> true, CompactionPlan.Days.ALL, NOON);
    assertThat(plan.refused())
        .singleElement()
        .matches(outcome -> outcome.partition().equals(Partition.of(BTC, DAY)))
        .matches(outcome -> outcome.reason().contains("NotDirectoryException: " + revisions));
    assertThat(plan.tasks()).hasSize(1);
    assertThat(plan.unchanged()).isZero();
    assertThat(pass(Long.MIN_VALUE, NOON)).isEqualTo(1);
    assertThat(files(ETH, DAY)).isEqualTo(1);
  }

  @Test
  void itEndsAfterThePartitionInHandWhenToldToStop() throws Exception {
    day(BTC, DAY, 60, 20);
    day(ETH, DAY, 60, 20);
    stop.countDown();
    assertThat(pass(Long.MIN_VALUE, NOON)).isEqualTo(1);
  }

  @Test
  void aDayOfFortyFiveStreamsEndsInFortyFiveFiles() throws Exception {
    for (int market = 0; market < 15; market++) {
      for (Timeframe timeframe : new Timeframe[] {Timeframe.M1, Timeframe.M5, Timeframe.H1}) {
        StreamKey stream = new StreamKey("okx", "S" + market + "-USDT", timeframe);
        day(stream, DAY, timeframe.perDay() / 24, 20);
      }
    }
    assertThat(pass(Long.MIN_VALUE, NOON)).isEqualTo(45);
    try (var tree = Files.walk(layout.folder(Folder.CANDLES))) {
      assertThat(tree.filter(file -> file.toString().endsWith(".parquet"))).hasSize(45);
    }
  }

  @Test
  void whereRoomEndsNoMergeBeginsAndWhatIsHalfDoneIsFinished() throws Exception {
    day(BTC, DAY, 60, 20);
    day(ETH, DAY, 60, 20);
    AtomicInteger asked = new AtomicInteger();
    room = () -> asked.getAndIncrement() == 0;
    assertThat(pass(Long.MIN_VALUE, NOON)).as("it ends in the middle").isEqualTo(1);

    room = () -> false;
    assertThat(pass(Long.MIN_VALUE, NOON)).isZero();
    StreamKey left = files(BTC, DAY) == 1 ? ETH : BTC;
    Partition partition = Partition.of(left, DAY);
    Path folder = layout.partition(Folder.CANDLES, partition);
    List<String> inputs =
        DataFiles.in(folder).stream().map(file -> String.valueOf(file.getFileName())).toList();
    Intents.write(
        folder,
        new Intent(
            partition,
            inputs,
            List.of(),
            new SealedFile("part-1.parquet", 1, 1, Sha256.of("x")),
            Optional.empty()));
    assertThat(pass(Long.MIN_VALUE, NOON)).as("half done").isEqualTo(1);
  }
}
