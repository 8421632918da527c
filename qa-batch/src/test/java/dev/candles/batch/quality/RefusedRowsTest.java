package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
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

  @Test
  void aRowThatOnlyContradictsItselfIsRead() throws Exception {
    change("taker_buy_volume", "volume + 0.001");
    assertThat(CandleFiles.read(file, DAY)).hasSameSizeAs(minutes());
  }
}
