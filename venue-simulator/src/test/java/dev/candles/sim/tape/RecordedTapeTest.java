package dev.candles.sim.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedTapeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "okx/BTC-USDT-SWAP_1m_2026-01-01_10.csv.gz, 1m",
    "okx/DOGE-USDT-SWAP_5m_2022-05_12.csv.gz, 5m",
    "coinbase/BTC-USDT_1m_2023-03-01_21.csv.gz, 1m"
  })
  void aRecordedSeriesGivesBackExactlyItsCandles(String name, String label) throws IOException {
    Path file = Recordings.find("history/" + name);
    Timeframe timeframe = Timeframe.of(label).orElseThrow();
    RecordedSeries recorded = RecordedSeries.read(file);
    Series series = new Series(new RecordedTape(recorded));
    long nextId = 1;
    for (RecordedSeries.Row row : recorded.rows()) {
      long end = row.openTimeMs() + timeframe.millis();
      if (row.volume().signum() == 0) {
        assertThat(series.candle(timeframe, row.openTimeMs(), end)).isEmpty();
        continue;
      }
      TapeCandle candle = series.candle(timeframe, row.openTimeMs(), end).orElseThrow();
      assertThat(candle.open()).isEqualByComparingTo(row.open());
      assertThat(candle.high()).isEqualByComparingTo(row.high());
      assertThat(candle.low()).isEqualByComparingTo(row.low());
      assertThat(candle.close()).isEqualByComparingTo(row.close());
      assertThat(candle.volume()).isEqualByComparingTo(row.volume());
      assertThat(candle.firstTradeId()).isEqualTo(nextId);
      nextId = candle.lastTradeId() + 1;
    }
  }

  @Test
  void minutesAbsentInTheRecordingAreSilent() throws IOException {
    Tape tape =
        tape(
            "volume,close,low,high,open,start\n"
                + "1.5,11,9,12,10,1700000040\n"
                + "2,11,11,11,11,1700000100\n"
                + "0.3,10,10,12,12,1700000280\n");
    Series series = new Series(tape);
    assertThat(series.candle(Timeframe.M1, 1_700_000_160_000L, Long.MAX_VALUE)).isEmpty();
    assertThat(series.flat(1_700_000_160_000L).orElseThrow().close()).isEqualByComparingTo("11");
    assertThat(tape.minute(1_700_000_040_000L)).hasSize(4);
    assertThat(tape.minute(1_700_000_100_000L)).hasSize(1);
    assertThat(tape.lastBefore(1_700_000_280_000L).orElseThrow().id()).isEqualTo(5);
    assertThat(tape.minuteOf(6)).hasValue(1_700_000_280_000L);
    assertThat(tape.minuteOf(99)).isEmpty();
    assertThat(tape.minuteOf(0)).isEmpty();
    assertThat(tape.lastBefore(1_700_000_040_000L)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "date,open,high,low,close\n1,2,3,4,5\n",
        "date,open,high,low,close,volume\n1700000040,1,2,0.5,x,1\n",
        "date,open,high,low,close,volume\n1700000040,1,2,3,1,1\n1700000100,1,1,1,1,1\n",
        "date,open,high,low,close,volume\n1700000040,1,1,1,1,1\n1700000040,1,1,1,1,1\n",
        "date,open,high,low,close,volume\n1700000040,1,1,1,1,1\n"
      })
  void whatIsNoSeriesIsRefused(String text) {
    assertThatThrownBy(() -> tape(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("recorded series");
  }

  @Test
  void fiveMinuteRowsAreSpreadOverTheirMinutes() throws IOException {
    Tape tape =
        tape(
            "ts_ms,open,high,low,close,volume\n"
                + "1700000100000,10,12,9,11,4\n"
                + "1700000400000,11,12,9,10,4\n");
    List<Integer> counts =
        List.of(0, 1, 2, 3, 4).stream()
            .map(i -> tape.minute(1_700_000_100_000L + i * 60_000L).size())
            .toList();
    assertThat(counts).containsExactly(1, 1, 0, 1, 1);
  }

  private Tape tape(String text) throws IOException {
    return Tape.recorded(Files.writeString(folder.resolve("series.csv"), text));
  }
}
