package dev.candles.lake.parquet;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.ETH;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandleFilesTest {
  private static final Partition PARTITION = Partition.of(BTC, DAY);

  @TempDir Path root;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void openTimesAreThoseOfTheRowsInAnyOrder(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candle> candles = new ArrayList<>();
    int rows = 1 + random.nextInt(12);
    int start = random.nextInt(1300);
    boolean run = random.nextBoolean();
    for (int i = 0; i < rows; i++) {
      int minute = run ? start + i : start + random.nextInt(15); // doubles, holes, disorder
      candles.add(candle(BTC, DAY + minute * MINUTE, 0));
    }
    long[] openTimes = candles.stream().mapToLong(Candle::openTimeMs).toArray();
    Path file = Samples.write(root, candles.toArray(new Candle[0]));
    assertThat(CandleFiles.openTimes(file, PARTITION))
        .isEqualTo(Intervals.ofOpenTimes(openTimes, MINUTE));
  }

  @Test
  void aDoubleRowDoesNotHideAHole() throws IOException {
    Path file =
        Samples.write(
            root, candle(BTC, DAY, 0), candle(BTC, DAY, 1), candle(BTC, DAY + 2 * MINUTE, 0));
    assertThat(CandleFiles.openTimes(file, PARTITION).contains(DAY + MINUTE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e101, -1})
  void aFileWithARowThatIsNoCandleHoldsNothing(double volume) throws IOException {
    Candle sound = candle(BTC, DAY, 0);
    Candle unsound =
        new Candle(
            BTC,
            DAY + MINUTE,
            sound.prices(),
            Volumes.ofBase(volume),
            sound.trades(),
            sound.provenance());
    Path file = Samples.write(root, sound, unsound);
    assertThatThrownBy(() -> CandleFiles.read(file, PARTITION)).hasMessageContaining("no candle");
    assertThatThrownBy(() -> CandleFiles.openTimes(file, PARTITION))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("no candle");
  }

  @Test
  void anEmptyFileOrATextFileIsUnreadableAndNamed() throws IOException {
    Path empty = Files.createFile(root.resolve("empty.parquet"));
    Path text = Files.writeString(root.resolve("text.parquet"), "not parquet at all, but long");
    for (Path file : List.of(empty, text)) {
      assertThatThrownBy(() -> CandleFiles.read(file, PARTITION))
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageContaining(file.toString());
      assertThatThrownBy(() -> CandleFiles.openTimes(file, PARTITION))
          .isInstanceOf(UnreadableFileException.class);
    }
  }

  /** Zeros after a crash of the file system, a core dump, a copy by mistake. */
  @Test
  void whatIsNoFileOfTheLakeTakesNoMemoryHoweverLongItIs() throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Path junk = root.resolve("junk.parquet");
    for (String ends : List.of("", "PAR1    ", "PAR1PAR1")) {
      Files.writeString(junk, ends.substring(0, ends.length() / 2));
      try (RandomAccessFile file = new RandomAccessFile(junk.toFile(), "rw")) {
        file.setLength(60_000_000);
        file.seek(60_000_000);
        file.writeBytes(ends.substring(ends.length() / 2));
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThatThrownBy(() -> CandleFiles.read(junk, PARTITION))
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageContaining(junk.toString());
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000_000);
    }
  }

  @Test
  void aLongFileIsReadAsAShortOne() throws IOException {
    Candle[] many = new Candle[90_000];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < many.length; i++) {
      Candle one = candle(BTC, DAY + (i % 1440) * MINUTE, i / 1440);
      double price = random.nextDouble(1, 2);
      Ohlc prices = new Ohlc(price, price + random.nextDouble(), price / 2, price);
      many[i] =
          new Candle(
              BTC,
              one.openTimeMs(),
              prices,
              Volumes.ofBase(random.nextDouble()),
              one.trades(),
              one.provenance());
    }
    Path file = Samples.write(root, many);
    assertThat(Files.size(file)).isGreaterThan(1 << 20);
    assertThat(CandleFiles.read(file, PARTITION)).containsExactly(many);
  }

  @Test
  void aFileThatIsGoneIsNotCalledUnreadable() {
    assertThatThrownBy(() -> CandleFiles.read(root.resolve("gone.parquet"), PARTITION))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aDamagedFileIsUnreadableOrUnchangedButNeverAnotherFailure(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candle> candles = List.of(candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 0));
    byte[] bytes = Files.readAllBytes(Samples.write(root, candles.toArray(new Candle[0])));
    boolean cut = seed % 2 == 0;
    byte[] damaged = cut ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
    for (int i = 0; !cut && i < 1 + seed % 3; i++) {
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    }
    Path file = Files.write(root.resolve("damaged.parquet"), damaged);
    try {
      assertThat(CandleFiles.read(file, PARTITION)).hasSize(2);
      assertThat(cut).as("a cut file was read").isFalse();
    } catch (UnreadableFileException e) {
      assertThat(e.file()).isEqualTo(file);
    }
  }

  @Test
  void aFileOfAnotherPartitionIsUnreadable() throws IOException {
    Path file = Samples.write(root, candle(BTC, DAY, 0));
    assertThatThrownBy(() -> CandleFiles.read(file, Partition.of(ETH, DAY)))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("another venue");
    assertThatThrownBy(
            () -> CandleFiles.openTimes(file, Partition.of(BTC, DAY - Samples.DAY_MILLIS)))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("another date");
  }

  @Test
  void foreignParquetIsReportedAsForeign() throws IOException {
    List<Path> foreign = new ArrayList<>();
    Path history = Path.of(System.getProperty("repository.root", ".")).resolve("../shared/history");
    if (Files.isDirectory(history)) {
      try (Stream<Path> files = Files.walk(history)) {
        files.filter(f -> f.toString().endsWith(".parquet")).limit(5).forEach(foreign::add);
      }
    }
    assumeThat(foreign).as("no Parquet in ../shared/history: skipped").isNotEmpty();
    for (Path file : foreign) {
      assertThatThrownBy(() -> CandleFiles.read(file, PARTITION))
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageContaining("column");
    }
  }

  /** As another tool writes them: DuckDB's infinity, the NaN of pandas where nothing is known. */
  static Stream<Arguments> rowsThatNobodyCanReckonWith() {
    Ohlc prices = new Ohlc(2, 3, 1, 2);
    return Stream.of(
        arguments("volume=NaN", prices, Volumes.ofBase(Double.NaN)),
        arguments("volume=1.0E308", prices, Volumes.ofBase(1e308)),
        arguments("quote_volume=NaN", prices, new Volumes(1, Double.NaN, null)),
        arguments("quote_volume=Infinity", prices, new Volumes(1, 1 / 0.0, null)),
        arguments("low=-1.0", new Ohlc(2, 3, -1, 2), Volumes.ofBase(1)),
        arguments("high=2.5", new Ohlc(2, 2.5, 1, 2.75), Volumes.ofBase(1)));
  }

  @ParameterizedTest
  @MethodSource("rowsThatNobodyCanReckonWith")
  void aRowThatNobodyCanReckonWithRefusesTheFileAndIsStillSeenRaw(
      String value, Ohlc prices, Volumes volumes) throws IOException {
    Candle good = candle(BTC, DAY, 0);
    Candle bad = new Candle(BTC, DAY + MINUTE, prices, volumes, good.trades(), good.provenance());
    Path file = Samples.write(root, good, bad);
    assertThatThrownBy(() -> CandleFiles.read(file, PARTITION))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining(value + " expected=")
        .hasMessageContaining("open_time=2026-01-09T00:01:00Z");
    assertThat(RawFile.read(file, PARTITION).rows()).hasSize(2);
  }
}
