package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.TestCandle;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoQueryTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long HOUR = 3_600_000L;
  private static final long START = 1_767_916_800_000L;

  @TempDir private Path folder = Path.of("");

  /** Of candles from 23:50 to 02:00, those that were over between 00:00 and 01:10. */
  @Test
  void itCountsWhatTheTableCountsAndReadsAnyPath() throws Exception {
    for (String name : List.of("plain", "it's a [lake]*", "what?")) {
      LakeLayout lake = new LakeLayout(folder.resolve(name));
      for (Timeframe timeframe : List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1)) {
        write(lake, BTC.in(timeframe), START - 600_000, START + 2 * HOUR);
      }
      String sql = DemoQuery.of(lake.root(), START, START + HOUR + 600_000);
      assertThat(answer(sql)).containsExactly("1h 1", "1m 70", "5m 14");
    }
  }

  private static void write(LakeLayout lake, StreamKey stream, long fromMs, long toMs)
      throws IOException {
    long step = stream.timeframe().millis();
    for (long open = stream.timeframe().ceil(fromMs); open < toMs; open += step) {
      Candle candle = TestCandle.of(stream, open, 100, 1, 0, open + step);
      Path day = lake.folder(Folder.CANDLES).resolve(LakeLayout.bucket(candle));
      CandleFiles.write(
          Files.createDirectories(day).resolve("c-" + open + ".parquet"), List.of(candle));
    }
  }

  private static List<String> answer(String sql) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString("timeframe") + " " + rows.getLong("candles"));
      }
    }
    return lines;
  }
}
