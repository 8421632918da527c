package dev.candles.lake.parquet;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.ETH;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.decode.DecodedFile;
import dev.candles.lake.parquet.decode.TableSchema;
import dev.candles.lake.parquet.decode.UnfamiliarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decoder sees what the library sees, or leaves the file to it. */
class DecoderTest {
  private static final double[] ODD = {
    Double.NaN,
    Double.longBitsToDouble(0x7ff8_0000_0000_1234L),
    -0.0,
    0.0,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    0.1
  };
  private static final long[] EXTREME = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1};

  @TempDir Path root;

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  static LongStream damages() {
    return LongStream.range(0, 400);
  }

  private static double real(SplittableRandom random) {
    return random.nextInt(4) == 0 ? ODD[random.nextInt(ODD.length)] : random.nextDouble() * 1e5;
  }

  private static long whole(SplittableRandom random) {
    return random.nextInt(4) == 0 ? EXTREME[random.nextInt(EXTREME.length)] : random.nextLong();
  }

  /** Columns of a file are all null, never null, or mixed. */
  private static List<Candle> candles(SplittableRandom random, int rows) {
    int[] nulls = random.ints(5, 0, 4).toArray();
    int sources = 1 + random.nextInt(random.nextInt(3) == 0 ? 30_000 : 3);
    List<Candle> candles = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      boolean[] has = new boolean[nulls.length];
      for (int k = 0; k < has.length; k++) {
        has[k] = nulls[k] == 3 || (nulls[k] > 0 && random.nextInt(1 + nulls[k] * 4) > 0);
      }
      candles.add(
          new Candle(
              BTC,
              DAY + random.nextInt(1440) * MINUTE,
              new Ohlc(real(random), real(random), real(random), real(random)),
              new Volumes(real(random), has[0] ? real(random) : null, has[1] ? real(random) : null),
              new TradeRange(
                  has[2] ? whole(random) : null,
                  has[3] ? whole(random) : null,
                  has[4] ? whole(random) : null),
              new Provenance(
                  Evidence.values()[random.nextInt(Evidence.values().length)],
                  "source-" + random.nextInt(sources),
                  random.nextInt(),
                  whole(random))));
    }
    return candles;
  }

  private static int rows(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> 1440;
      case 3 -> 9_000 + random.nextInt(21_000); // many pages
      default -> 1 + random.nextInt(40);
    };
  }

  private byte[] file(List<Candle> candles, boolean compacted) throws IOException {
    Path file = root.resolve("file.parquet");
    Files.deleteIfExists(file);
    LocalOutputFile out = new LocalOutputFile(file);
    try (ParquetWriter<Candle> writer =
        compacted ? LakeParquet.compacted(out) : LakeParquet.candles(out)) {
      for (Candle candle : candles) {
        writer.write(candle);
      }
    }
    return Files.readAllBytes(file);
  }

  private static BothReaders readers(byte[] file) {
    return new BothReaders(file, Schemas.CANDLE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void filesOfCandlesAreDecodedAsTheLibraryReadsThem(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    readers(file(candles(random, rows(random)), random.nextBoolean())).agree();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void filesOfCoverageAreDecodedAsTheLibraryReadsThem(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 1 + random.nextInt(seed % 10 == 0 ? 20_000 : 50);
    CoverageRow[] coverage = new CoverageRow[rows];
    for (int i = 0; i < rows; i++) {
      coverage[i] =
          new CoverageRow(
              random.nextBoolean() ? BTC : ETH,
              whole(random),
              whole(random),
              IntervalState.values()[random.nextInt(IntervalState.values().length)],
              Reason.values()[random.nextInt(Reason.values().length)],
              random.nextInt(3) == 0 ? null : Evidence.REST,
              i,
              DAY + i);
    }
    byte[] file = Files.readAllBytes(Samples.write(root, coverage));
    new BothReaders(file, Schemas.COVERAGE).agree();
  }

  @Test
  void filesOfBeforeAColumnWasAddedAreDecoded() throws IOException {
    Path repository = Path.of(System.getProperty("repository.root", "."));
    Path tests = repository.resolve("qa-batch/src/test/resources/dev/candles/batch/quality");
    int candles = 0;
    try (Stream<Path> files = Files.walk(tests.resolve("before-taker-buy-volume"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        boolean log = file.toString().contains("coverage");
        candles += log ? 0 : 1;
        TableSchema schema = log ? Schemas.COVERAGE : Schemas.CANDLE;
        new BothReaders(Files.readAllBytes(file), schema).agree();
      }
    }
    assertThat(candles).isPositive();
  }

  @ParameterizedTest
  @MethodSource("damages")
  void whatIsDecodedOfADamagedFileTheLibraryReadsToo(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = random.nextInt(4) == 0 ? 200 : 1 + random.nextInt(5);
    byte[] file = file(candles(random, rows), random.nextBoolean());
    int footer = file.length - 8 - footerBytes(file);
    for (int i = 0; i < 40; i++) {
      byte[] damaged = file.clone();
      int flips = 1 + random.nextInt(2);
      for (int k = 0; k < flips; k++) {
        boolean inFooter = random.nextBoolean();
        int at = inFooter ? random.nextInt(footer, file.length) : random.nextInt(file.length);
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      }
      boolean unused = readers(damaged).agreeIfTaken();
      int cut = random.nextInt(file.length);
      assertThat(readers(Arrays.copyOf(file, cut)).agreeIfTaken()).as("cut at %s", cut).isFalse();
    }
  }

  private static int footerBytes(byte[] file) {
    return file[file.length - 8] & 0xff | (file[file.length - 7] & 0xff) << 8;
  }

  @Test
  void aCopyByAnotherToolIsLeftToTheLibrary() throws Exception {
    List<Candle> rows = List.of(candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 1));
    Path file = Samples.write(root, rows.toArray(new Candle[0]));
    Path copy = root.resolve("copy.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("copy (from '" + file + "') to '" + copy + "' (format parquet)");
    }
    assertThatThrownBy(() -> DecodedFile.open(Files.readAllBytes(copy), Schemas.CANDLE))
        .isInstanceOf(UnfamiliarException.class);
    assertThat(CandleFiles.read(copy, Partition.of(BTC, DAY))).isEqualTo(rows);
  }

  @Test
  void aFileOfAnotherSchemaIsLeftToTheLibrary() throws IOException {
    byte[] coverage =
        Files.readAllBytes(Samples.write(root, row(BTC, 0, MINUTE, IntervalState.MISSING, 1)));
    assertThatThrownBy(() -> DecodedFile.open(coverage, Schemas.CANDLE))
        .isInstanceOf(UnfamiliarException.class)
        .hasMessageContaining("name of the record");
  }
}
