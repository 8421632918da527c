package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.truth.TrueCandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A reader that shares no code with us sees exactly what the venue said, first and last. */
@Execution(ExecutionMode.CONCURRENT)
class DuckDbReadsTheLakeTest {
  private static final long START_MS = Instant.parse("2026-03-01T23:00:00Z").toEpochMilli();
  private static final double SPEED = 120;
  private static final Duration HISTORY = Duration.ofHours(3);

  /** Nothing is compacted: that would put the newest versions in the place of the first ones. */
  private static final Drill.Plan PLAN =
      new Drill.Plan(
          Scope.usual(List.of(Drill.VENUE), Timeframe.M1, Timeframe.M5, Timeframe.M15),
          HISTORY,
          "compaction_interval: 0s\n");

  private static final String KEY = "venue, symbol, timeframe, open_time_ms";
  private static final String COLUMNS = KEY + ", open, high, low, close, volume";

  private static final Path PAGE =
      Path.of(System.getProperty("repository.root")).resolve("docs/READING.md");

  private record Row(double open, double high, double low, double close, double volume) {
    static Row of(TrueCandle c) {
      return new Row(c.open(), c.high(), c.low(), c.close(), c.volume());
    }

    boolean same(Row other) {
      return open == other.open
          && high == other.high
          && low == other.low
          && close == other.close
          && Math.abs(volume - other.volume) <= Math.max(1e-8, 4 * Math.ulp(volume));
    }
  }

  private final List<String> wrong = new ArrayList<>();
  private int corrected;
  private int firstVersions;

  @Test
  void aPlainGlobIsWhatWasSaidFirstAndWithRevisionsWhatIsTrue() throws Exception {
    SimulatorConfig venue = SimulatorConfig.defaults().withFaults(faults());
    try (Drill drill = Drill.open("duckdb", PLAN, START_MS, SPEED, venue)) {
      drill.start();
      drill.awaitWork();
      drill.awaitMarket(START_MS + Duration.ofMinutes(65).toMillis());
      long horizonMs = drill.equalsTruth();
      try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
        compare(drill, duck, horizonMs);
      }
    }
  }

  /**
   * A few of the usual ones, and at most one correction in an interval of the largest timeframe.
   */
  private static List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    faults.add(Fault.every(FaultKind.DROP, Drill.VENUE, Duration.ofMinutes(7)));
    faults.add(Fault.every(FaultKind.REPEAT, Drill.VENUE, Duration.ofMinutes(5)));
    long atMs = START_MS + Duration.ofMinutes(46).toMillis();
    for (String symbol : Simulator.symbols(Drill.VENUE)) {
      faults.add(Fault.at(FaultKind.LATE_CORRECTION, Drill.VENUE, atMs).forSymbol(symbol));
      atMs += Duration.ofMinutes(1).toMillis();
    }
    return faults;
  }

  private void compare(Drill drill, Connection duck, long horizonMs)
      throws SQLException, IOException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(views().replace("'data/", "'" + drill.lake + "/"));
    }
    String select = "select " + COLUMNS + " from ";
    TreeMap<String, Row> plain = rows(duck, select + "candles", horizonMs);
    TreeMap<String, Row> overlaid = rows(duck, select + "corrected", horizonMs);
    Set<String> revised =
        rows(
                duck,
                "select distinct on (%s) ".formatted(KEY) + COLUMNS + " from revisions",
                horizonMs)
            .keySet();
    int expected = 0;
    for (StreamKey stream : PLAN.streams()) {
      for (TrueCandle truth :
          drill.simulator.truth().candles(stream, START_MS - HISTORY.toMillis(), horizonMs)) {
        String key = stream.id() + "/" + truth.openTimeMs();
        check(key, truth, revised.contains(key), plain.remove(key), overlaid.remove(key));
        expected++;
      }
    }
    drill.say(
        "DuckDB: %d candles of %d streams, %d corrected, of which %d are there as first said too;"
            + " %d wrong, %d invented",
        expected, PLAN.streams().size(), corrected, firstVersions, wrong.size(), plain.size());
    assertThat(wrong).isEmpty();
    assertThat(plain).isEmpty();
    assertThat(overlaid).isEmpty();
    assertThat(firstVersions).as("corrections that were seen").isPositive();
  }

  /** Where nothing was revised, the first version that was ever seen is the true one. */
  private void check(String key, TrueCandle truth, boolean revised, Row first, Row current) {
    TrueCandle original = truth.original();
    corrected += original == null ? 0 : 1;
    firstVersions += revised ? 1 : 0;
    Row expected = Row.of(revised && original != null ? original : truth);
    if (first == null || !expected.same(first)) {
      wrong.add("plain " + key + ": expected " + expected + ", found " + first);
    }
    if (current == null || !Row.of(truth).same(current)) {
      wrong.add("with revisions " + key + ": expected " + truth + ", found " + current);
    }
  }

  /** By stream and open time; a key that comes twice is wrong. */
  private TreeMap<String, Row> rows(Connection duck, String sql, long horizonMs)
      throws SQLException {
    TreeMap<String, Row> rows = new TreeMap<>();
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        Timeframe timeframe = Timeframe.of(result.getString(3)).orElseThrow();
        long open = result.getLong(4);
        String stream = result.getString(1) + "/" + result.getString(2) + "/" + result.getString(3);
        Row row =
            new Row(
                result.getDouble(5),
                result.getDouble(6),
                result.getDouble(7),
                result.getDouble(8),
                result.getDouble(9));
        boolean inside = open + timeframe.millis() <= horizonMs;
        if (inside && rows.put(stream + "/" + open, row) != null) {
          wrong.add("twice: " + stream + "/" + open);
        }
      }
    }
    return rows;
  }

  /** Those of the page for whoever reads a lake, of a lake named data. */
  private static String views() throws IOException {
    String page = Files.readString(PAGE);
    String start = "\n```sql\n";
    int from = page.indexOf(start, page.indexOf("\n## DuckDB\n")) + start.length();
    return page.substring(from, page.indexOf("\n```\n", from));
  }
}
