package dev.candles.lake.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.forget.Forgetter;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import dev.candles.lake.parquet.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    try (PartitionLock other = CoverageMerge.tryLock(layout, day).orElseThrow()) {
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

  /** A later build wrote it, and was taken back. */
  @Test
  void aColumnThatThisBuildDoesNotKnowIsNotMergedAway() throws Exception {
    Path file = files().get(5);
    Path wider = folder.resolve("wider.tmp");
    String copy =
        "copy (select *, 7 as later from read_parquet('%s', hive_partitioning=false)) to '%s'"
            .formatted(file, wider);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(copy + " (format parquet)");
    }
    Files.move(wider, file, StandardCopyOption.REPLACE_EXISTING);
    byte[] before = Files.readAllBytes(file);
    assertThat(CoverageFiles.read(file)).as("readers take what they know").hasSize(1);

    assertThat(merge(OVER)).isZero();
    assertThat(files()).hasSize(12);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThatThrownBy(() -> new Forgetter(layout).requireWhole(Set.of(STREAM)))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("column is not one of the lake's: later");
    StreamKey other = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
    new Forgetter(layout).requireWhole(Set.of(other));
  }

  private int mergeInChunks(int maxRows) throws IOException {
    return new CoverageMerge(layout, maxRows).mergeClosed(OVER);
  }

  private List<CoverageRow> read() throws IOException {
    List<CoverageRow> all = new ArrayList<>();
    for (Path file : files()) {
      all.addAll(CoverageFiles.read(file));
    }
    return all;
  }

  @Test
  void aDayOfTooManyRowsBecomesSeveralFiles() throws IOException {
    assertThat(mergeInChunks(5)).isEqualTo(9);
    assertThat(files()).hasSize(3);
    assertThat(read()).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void aFileOfEnoughRowsIsNotMergedAgain() throws IOException {
    merge(OVER);
    List<Path> large = files();
    new CoverageAppender(layout).append(rows.subList(0, 2));
    new CoverageAppender(layout).append(rows.subList(2, 4));

    assertThat(mergeInChunks(24)).isEqualTo(1);
    assertThat(files()).hasSize(2).containsAll(large);
  }

  @Test
  void whatAKilledRunLeftOfAChunkIsFinishedInTheSameFiles() throws IOException {
    Map<Path, byte[]> inputs = new HashMap<>();
    for (Path input : files()) {
      inputs.put(input, Files.readAllBytes(input));
    }
    mergeInChunks(5);
    List<Path> merged = files();
    for (Map.Entry<Path, byte[]> input : inputs.entrySet()) { // as if killed before deleting
      Files.write(input.getKey(), input.getValue());
    }

    assertThat(mergeInChunks(5)).isEqualTo(12);
    assertThat(files()).isEqualTo(merged);
    assertThat(read()).containsExactlyInAnyOrderElementsOf(rows);
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noMergedFileIsTooLargeNoRowIsLostAndASecondRunChangesNothing(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int maxRows = random.nextInt(4, 40);
    for (int file = random.nextInt(10); file > 0; file--) {
      List<CoverageRow> some = new ArrayList<>();
      for (int i = random.nextInt(1, maxRows); i > 0; i--) {
        some.add(
            random.nextInt(9) == 0
                ? rows.get(random.nextInt(rows.size()))
                : row(START + random.nextInt(1000) * 60_000L, rows.size() + some.size()));
      }
      new CoverageAppender(layout).append(some);
      rows.addAll(some);
    }
    int before = files().size();

    assertThat(mergeInChunks(maxRows)).isEqualTo(before - files().size());
    List<Path> once = files();
    int small = 0;
    for (Path file : once) {
      assertThat(CoverageFiles.rows(file)).isLessThanOrEqualTo(maxRows);
      small += CoverageFiles.rows(file) < maxRows / 2 ? 1 : 0;
    }
    assertThat(small).isLessThanOrEqualTo(1);
    assertThat(Set.copyOf(read())).isEqualTo(Set.copyOf(rows));
    assertThat(mergeInChunks(maxRows)).isZero();
    assertThat(files()).isEqualTo(once);
  }

  private static CoverageRow row(long from, long seq) {
    return new CoverageRow(
        STREAM, from, from + 60_000, IntervalState.MISSING, Reason.SKIPPED, null, seq, from);
  }
}
