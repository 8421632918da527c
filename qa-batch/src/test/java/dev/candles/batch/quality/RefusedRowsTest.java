package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.scan.AssetDay;
import dev.candles.batch.quality.scan.AssetDayScan;
import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.core.candle.Candle;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.UnreadableFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which files readers leave out for a row of theirs, as {@link FindingType} has it. */
class RefusedRowsTest {
  private static final Set<QaCheck> CHECKS =
      EnumSet.of(
          QaCheck.TIME_ALIGNMENT, QaCheck.DATA_QUALITY, QaCheck.OHLC_VALIDITY, QaCheck.FINALITY);
  private static final Partition DAY = Partition.of(TestLake.COINBASE, TestLake.FIRST);

  @TempDir Path root;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = root.resolve("c-1.parquet");
    CandleFiles.write(file, minutes());
  }

  private static List<Candle> minutes() {
    return TestLake.minutes(TestLake.COINBASE, 0);
  }

  static Stream<FindingType> refused() {
    return Arrays.stream(FindingType.values())
        .filter(kind -> CHECKS.contains(kind.check()))
        .filter(kind -> kind != FindingType.TAKER_BUY_TOO_LARGE);
  }

  private void change(String column, String value) throws Exception {
    TestLake.change(file, TestLake.FIRST + 5 * TestLake.MINUTE, column, value);
  }

  private void plant(FindingType kind) throws Exception {
    switch (kind) {
      case MISALIGNED -> change("open_time_ms", "open_time_ms + 30000");
      case NAN -> change("close", "'nan'::double");
      case INFINITE -> change("volume", "'inf'::double");
      case NEGATIVE -> change("low", "-1::double");
      case OUT_OF_BOUNDS -> change("volume", "1e308::double");
      case UNKNOWN_EVIDENCE -> change("evidence", "'HEARSAY'");
      case HIGH_TOO_LOW -> change("high", "open - 0.1");
      case LOW_TOO_HIGH -> change("low", "close + 0.1");
      case NOT_CLOSED -> change("is_closed", "false");
      default -> throw new IllegalArgumentException(kind + " is planted nowhere");
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void readersLeaveOutAFileWithARowThatIsWrongInItself(FindingType kind) throws Exception {
    plant(kind);
    assertThatThrownBy(() -> CandleFiles.read(file, DAY))
        .isInstanceOf(UnreadableFileException.class);
  }

  /** Of every column: null, and what its type can hold that is furthest from a candle's. */
  static Stream<Arguments> values() {
    List<String> doubles =
        List.of("null", "'nan'", "'inf'", "'-inf'", "-1", "0", "-0.0", "5e-324", "1e100", "1e308");
    List<String> integers = List.of("null", "-1", "0", "1000001", "2147483647", "'-2147483648'");
    List<String> longs =
        List.of(
            "null",
            "-1",
            "0",
            "999999999999999999",
            "9223372036854775807",
            "'-9223372036854775808'");
    List<String> strings = List.of("null", "''", "'HEARSAY'", "repeat('x', 1000)");
    return Stream.of(
            Stream.of("open", "high", "low", "close", "volume", "quote_volume", "taker_buy_volume")
                .flatMap(column -> of(column, "double", doubles)),
            Stream.of(
                    "open_time_ms",
                    "trade_count",
                    "first_trade_id",
                    "last_trade_id",
                    "received_at_ms")
                .flatMap(column -> of(column, "bigint", longs)),
            of("is_closed", "boolean", List.of("null", "false")),
            Stream.of("evidence", "source").flatMap(column -> of(column, "varchar", strings)),
            of("revision", "integer", integers))
        .flatMap(these -> these);
  }

  private static Stream<Arguments> of(String column, String type, List<String> values) {
    return values.stream().map(value -> arguments(column, value + "::" + type));
  }

  /** A file that our readers leave out is no day that has passed. */
  @ParameterizedTest
  @MethodSource("values")
  void whateverReadersRefuseTheChecksFind(String column, String value) throws Exception {
    TestLake lake = new TestLake(root.resolve("lake"));
    lake.write(minutes().subList(0, 20));
    Path first = lake.folder(DAY).resolve("c-1.parquet");
    TestLake.change(first, TestLake.FIRST + 5 * TestLake.MINUTE, column, value);
    boolean refused = false;
    try {
      List<Candle> unused = CandleFiles.read(first, DAY);
    } catch (UnreadableFileException e) {
      refused = true;
    }
    AssetDay unit = new AssetDay(List.of(TestLake.COINBASE.id()), TestLake.date(0).toEpochDay());
    PartitionReport report = new AssetDayScan(lake.root, false).scan(unit).get(0);
    assertThat(report.counts().isEmpty() && refused).as("refused, and not found").isFalse();
    assertThat(report.present().isEmpty()).as("the rest is there").isFalse();
  }

  @Test
  void aRowThatOnlyContradictsItselfIsRead() throws Exception {
    change("taker_buy_volume", "volume + 0.001");
    assertThat(CandleFiles.read(file, DAY)).hasSameSizeAs(minutes());
  }
}
