package dev.candles.lake.view;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
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
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.LakeParquet;
import dev.candles.lake.parquet.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that shares no code with us. */
class DuckDbTest {
  @TempDir Path root;

  @BeforeEach
  void fill() throws IOException {
    Candle bare =
        new Candle(
            BTC,
            DAY,
            new Ohlc(1.5, 2.5, 0.5, 2),
            Volumes.ofBase(0),
            TradeRange.UNKNOWN,
            Provenance.first(Evidence.REST, "rest", 77));
    Samples.write(root, bare, candle(BTC, DAY + MINUTE, 0));
    Samples.write(root, candle(BTC, DAY - MINUTE, 0));
    Samples.write(root, candle(ETH, DAY, 0));
    Samples.write(root, row(BTC, DAY, DAY + MINUTE, IntervalState.MISSING, 1));
  }

  @Test
  void aPlainGlobSeesEachKeyOnceWithItsPartitionColumns() throws SQLException {
    assertThat(
            query(
                "select venue, symbol, timeframe, date::varchar, open_time_ms from "
                    + glob("candles")
                    + " order by all"))
        .containsExactly(
            "coinbase|BTC-USD|1m|2026-01-08|" + (DAY - MINUTE),
            "coinbase|BTC-USD|1m|2026-01-09|" + DAY,
            "coinbase|BTC-USD|1m|2026-01-09|" + (DAY + MINUTE),
            "okx|ETH-USDT|1h|2026-01-09|" + DAY);
  }

  @Test
  void theColumnsAreThePromisedOnes() throws SQLException {
    assertThat(
            query("select column_name, column_type from (describe from " + glob("candles") + ")"))
        .containsExactly(
            "open_time_ms|BIGINT",
            "open|DOUBLE",
            "high|DOUBLE",
            "low|DOUBLE",
            "close|DOUBLE",
            "volume|DOUBLE",
            "quote_volume|DOUBLE",
            "taker_buy_volume|DOUBLE",
            "trade_count|BIGINT",
            "first_trade_id|BIGINT",
            "last_trade_id|BIGINT",
            "is_closed|BOOLEAN",
            "evidence|VARCHAR",
            "source|VARCHAR",
            "revision|INTEGER",
            "received_at_ms|BIGINT",
            "date|DATE",
            "symbol|VARCHAR",
            "timeframe|VARCHAR",
            "venue|VARCHAR");
  }

  @Test
  void valuesAndNullsAreTheWrittenOnes() throws SQLException {
    assertThat(
            query(
                "select open, high, low, close, volume, quote_volume, taker_buy_volume,"
                    + " trade_count, first_trade_id, last_trade_id, is_closed, evidence, source, revision, received_at_ms from "
                    + glob("candles")
                    + " where open_time_ms = "
                    + DAY
                    + " and venue = 'coinbase'"))
        .containsExactly("1.5|2.5|0.5|2.0|0.0|null|null|null|null|null|true|REST|rest|0|77");
  }

  @Test
  void coverageIsReadWithItsStreamAsColumns() throws SQLException {
    assertThat(
            query("select venue, symbol, timeframe, state, evidence, seq from " + glob("coverage")))
        .containsExactly("coinbase|BTC-USD|1m|MISSING|REST|1");
  }

  @Test
  void aWholeCompactedDayIsReadToo() throws Exception {
    Path file = root.resolve("day.parquet");
    try (ParquetWriter<Candle> writer = LakeParquet.compacted(new LocalOutputFile(file))) {
      for (long t = DAY; t < DAY + DAY_MILLIS; t += MINUTE) {
        writer.write(candle(BTC, t, 0));
      }
    }
    assertThat(Files.size(file)).isPositive();
    assertThat(query("select count(*), min(open_time_ms), max(open_time_ms) from '" + file + "'"))
        .containsExactly("1440|" + DAY + "|" + (DAY + DAY_MILLIS - MINUTE));
  }

  @Test
  void aFileOfNullsOnlyIsReadToo() throws SQLException {
    assertThat(
            query(
                "select count(quote_volume), count(trade_count), count(*) from "
                    + glob("candles")
                    + " where source = 'rest'"))
        .containsExactly("0|0|1");
  }

  @Test
  void aCopyThatItMadeIsReadByUs() throws Exception {
    List<Candle> ours = new FileLake(root.toString()).candles(BTC, DAY, DAY + DAY_MILLIS);
    Path copy = root.resolve("copy.parquet");
    copyRows(copy, "*");
    assertThat(CandleFiles.read(copy, Partition.of(BTC, DAY))).isEqualTo(ours);
    assertThat(CandleFiles.openTimes(copy, Partition.of(BTC, DAY)))
        .isEqualTo(Intervals.of(DAY, DAY + 2 * MINUTE));
  }

  @Test
  void aCopyWithAnOpenCandleOrAnotherTypeIsRefused() throws Exception {
    Path forming = root.resolve("forming.parquet");
    copyRows(forming, "* replace (false as is_closed)");
    assertThatThrownBy(() -> CandleFiles.read(forming, Partition.of(BTC, DAY)))
        .hasMessageContaining("row is not closed");
    Path text = root.resolve("text.parquet");
    copyRows(text, "* replace (open::varchar as open)");
    assertThatThrownBy(() -> CandleFiles.openTimes(text, Partition.of(BTC, DAY)))
        .hasMessageContaining("column has another type");
    Path hole = root.resolve("hole.parquet");
    copyRows(hole, "* replace (null::double as close)");
    assertThatThrownBy(() -> CandleFiles.read(hole, Partition.of(BTC, DAY)))
        .hasMessageContaining("value is missing: column=close");
    for (Path file : List.of(forming, hole)) {
      assertThatThrownBy(() -> CandleFiles.openTimes(file, Partition.of(BTC, DAY)))
          .as("what no reader takes is not there")
          .isInstanceOf(UnreadableFileException.class);
    }
    Path strange = root.resolve("strange.parquet");
    copyRows(strange, "* replace (open_time_ms + 1 as open_time_ms)");
    assertThatThrownBy(() -> CandleFiles.openTimes(strange, Partition.of(BTC, DAY)))
        .hasMessageContaining("not of this partition");
  }

  private void copyRows(Path to, String columns) throws SQLException {
    String day = root + "/candles/venue=coinbase/*/*/date=2026-01-09/*.parquet";
    String rows =
        "select " + columns + " from read_parquet('" + day + "', hive_partitioning=false)";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("copy (" + rows + ") to '" + to + "' (format parquet)");
    }
  }

  private String glob(String folder) {
    return "read_parquet('" + root + "/" + folder + "/**/*.parquet', hive_partitioning = true)";
  }

  private static List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }
}
