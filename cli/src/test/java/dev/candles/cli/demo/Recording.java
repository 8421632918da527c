package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.StreamInventory;
import dev.candles.lake.view.FileLake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Recorded minutes; read here and not by the simulator, so that both cannot be wrong alike. */
record Recording(Path file, NavigableMap<Long, Recording.Row> minutes) {

  /** One candle. */
  record Row(
      BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal volume) {

    Row plus(Row later) {
      return new Row(
          open, high.max(later.high), low.min(later.low), later.close, volume.add(later.volume));
    }

    boolean differs(Candle candle) {
      return open.doubleValue() != candle.open()
          || high.doubleValue() != candle.high()
          || low.doubleValue() != candle.low()
          || close.doubleValue() != candle.close()
          || Math.abs(volume.doubleValue() - candle.volume()) > 1e-8;
    }
  }

  /**
   * Reads a recording below {@code ../shared/history}; without it the test is skipped.
   *
   * @param time its column of open times, epoch seconds or milliseconds
   */
  static Recording read(String name, String time) throws IOException {
    Path file = Path.of(System.getProperty("repository.root"), "../shared/history", name);
    assumeTrue(Files.exists(file), "recording is not here: " + name);
    NavigableMap<Long, Row> minutes = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<String> header = List.of(lines.readLine().split(",", -1));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        long at = Long.parseLong(cells[header.indexOf(time)]);
        long ms = at < 100_000_000_000L ? at * 1_000 : at;
        assertThat(minutes.put(ms, row(header, cells))).as("a second row of %s", ms).isNull();
      }
    }
    return new Recording(file, minutes);
  }

  private static Row row(List<String> header, String[] cells) {
    return new Row(
        new BigDecimal(cells[header.indexOf("open")]),
        new BigDecimal(cells[header.indexOf("high")]),
        new BigDecimal(cells[header.indexOf("low")]),
        new BigDecimal(cells[header.indexOf("close")]),
        new BigDecimal(cells[header.indexOf("volume")]));
  }

  /** What the minutes in {@code [fromMs, toMs)} (epoch ms, UTC) make, by open time. */
  TreeMap<Long, Row> candles(Timeframe timeframe, long fromMs, long toMs) {
    TreeMap<Long, Row> rows = new TreeMap<>();
    minutes
        .subMap(fromMs, toMs)
        .forEach((minute, row) -> rows.merge(timeframe.floor(minute), row, Row::plus));
    return rows;
  }

  /**
   * Compares: each recorded interval is a candle as it was, each other one is proven empty.
   *
   * @param fromMs a whole interval's open time, epoch ms, UTC, as {@code toMs}
   */
  void isHeld(Drill drill, StreamKey stream, long fromMs, long toMs) throws IOException {
    TreeMap<Long, Row> expected = candles(stream.timeframe(), fromMs, toMs);
    FileLake lake = new FileLake(drill.lake.toString());
    List<Candle> found = lake.candles(stream, fromMs, toMs);
    Map<Long, Candle> wrong = new TreeMap<>();
    for (Candle candle : found) {
      Row row = expected.get(candle.openTimeMs());
      if (row == null || row.differs(candle)) {
        wrong.put(candle.openTimeMs(), candle);
      }
    }
    StreamInventory held = lake.scan(List.of(stream), fromMs, toMs, toMs).get(0);
    long intervals = (toMs - fromMs) / stream.timeframe().millis();
    Intervals asked = Intervals.of(fromMs, toMs); // a scan goes on to the newest candle
    long empty = held.empties().intersect(asked).length() / stream.timeframe().millis();
    drill.say(
        "%s: %d intervals, %d recorded, %d collected, %d wrong, %d proven empty",
        stream.id(), intervals, expected.size(), found.size(), wrong.size(), empty);
    assertThat(wrong).isEmpty();
    assertThat(found).hasSize(expected.size());
    assertThat(held.unknown().intersect(asked).isEmpty()).isTrue();
    assertThat(held.unrecoverable().intersect(asked).isEmpty()).isTrue();
    assertThat(empty).isEqualTo(intervals - expected.size());
  }
}
