package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.SimulatorConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * A real quarter of a day of okx, six minutes a second: what comes out is what was recorded. The
 * whole day: {@code -Dcandles.recorded.hours=24}.
 */
class RecordedDayTest {
  private static final String SYMBOL = "BTC-USDT";
  private static final Path RECORDED =
      Path.of(
          System.getProperty("repository.root"),
          "../shared/history/okx/BTC-USDT-SWAP_1m_2026-01-01_10.csv.gz");
  private static final long START_MS = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();
  private static final Duration HISTORY = Duration.ofHours(6);

  /** A deadline of one real second is six market minutes. */
  private static final double SPEED = 360;

  private static final List<Timeframe> TIMEFRAMES =
      List.of(Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.H1);

  /** Open, high, low, close, volume. */
  private record Row(
      BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal volume) {

    static Row parse(String[] cells) {
      return new Row(
          new BigDecimal(cells[1]),
          new BigDecimal(cells[2]),
          new BigDecimal(cells[3]),
          new BigDecimal(cells[4]),
          new BigDecimal(cells[5]));
    }

    Row plus(Row later) {
      return new Row(
          open, high.max(later.high), low.min(later.low), later.close, volume.add(later.volume));
    }
  }

  @Test
  void aRecordedDayIsCollectedAsItWas() throws Exception {
    assumeTrue(Files.exists(RECORDED), "recording is not here: " + RECORDED.getFileName());
    int hours = Integer.getInteger("candles.recorded.hours", 6);
    Drill.Plan plan = new Drill.Plan(Scope.of(Drill.VENUE, List.of(SYMBOL), TIMEFRAMES), HISTORY);
    SimulatorConfig venue = SimulatorConfig.defaults().withTape(Drill.VENUE, SYMBOL, RECORDED);
    try (Drill drill = Drill.open("recorded", plan, START_MS, SPEED, venue)) {
      drill.start();
      drill.awaitWork();
      drill.awaitMarket(START_MS + Duration.ofHours(hours).toMillis());
      long horizonMs = drill.equalsTruth();
      for (Timeframe timeframe : TIMEFRAMES) {
        compare(drill, timeframe, horizonMs);
      }
    }
  }

  private static void compare(Drill drill, Timeframe timeframe, long horizonMs) throws IOException {
    long fromMs = START_MS - HISTORY.toMillis();
    TreeMap<Long, Row> expected = recorded(timeframe, fromMs, horizonMs);
    assertThat(expected).hasSize((int) ((horizonMs - fromMs) / timeframe.millis()));
    List<Candle> found =
        new FileLake(drill.lake.toString())
            .candles(new StreamKey(Drill.VENUE, SYMBOL, timeframe), fromMs, horizonMs);
    assertThat(found.stream().map(Candle::openTimeMs).toList())
        .isEqualTo(new ArrayList<>(expected.keySet()));
    List<Candle> wrong =
        found.stream().filter(c -> differs(expected.get(c.openTimeMs()), c)).toList();
    drill.say(
        "%s: %d recorded, %d collected, %d wrong",
        timeframe.label(), expected.size(), found.size(), wrong.size());
    assertThat(wrong).isEmpty();
  }

  private static boolean differs(Row row, Candle candle) {
    return row.open.doubleValue() != candle.open()
        || row.high.doubleValue() != candle.high()
        || row.low.doubleValue() != candle.low()
        || row.close.doubleValue() != candle.close()
        || Math.abs(row.volume.doubleValue() - candle.volume()) > 1e-8;
  }

  /** Read here and not by the simulator, so that both cannot be wrong alike. */
  private static TreeMap<Long, Row> recorded(Timeframe timeframe, long fromMs, long toMs)
      throws IOException {
    TreeMap<Long, Row> rows = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(RECORDED)), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("date,open,high,low,close,volume");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        long minute = Long.parseLong(cells[0]);
        if (minute >= fromMs && minute < toMs) {
          rows.merge(timeframe.floor(minute), Row.parse(cells), Row::plus);
        }
      }
    }
    return rows;
  }
}
