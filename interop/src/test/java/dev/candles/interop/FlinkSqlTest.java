package dev.candles.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flink SQL reads a lake by the statements that docs/READING.md shows. */
class FlinkSqlTest {
  @TempDir private static Path folder;

  private static ReadersLake lake;
  private static TableEnvironment flink;

  @BeforeAll
  static void open() throws IOException {
    lake = ReadersLake.write(folder);
    flink =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(Configuration.fromMap(settings()))
                .build());
    for (String statement : ReadingPage.statements("Flink SQL")) {
      flink.executeSql(statement.replace("/path/to/data", lake.data().toString()));
    }
  }

  /** What the page says is needed on this JVM. */
  private static Map<String, String> settings() throws IOException {
    return Runtime.version().feature() < 24 ? Map.of() : ReadingPage.flinkSettings();
  }

  @Test
  void everyQuestionHasTheRightAnswer() throws Exception {
    for (ReadersLake.Question question : lake.questions()) {
      String sql = ReadingPage.question(question.name()).replace("(date)", "(`date`)");
      assertThat(rows(sql))
          .as(question.name())
          .containsExactlyInAnyOrderElementsOf(question.answer());
    }
  }

  @Test
  void everyCandleIsCounted() throws Exception {
    long candles = lake.questions().get(0).answer().stream().mapToLong(r -> (Long) r.get(3)).sum();

    assertThat(rows("SELECT count(*) FROM candles")).containsExactly(List.of(candles));
  }

  @Test
  void aFilterOnThePathChoosesADay() throws Exception {
    String sql =
        """
        SELECT venue, timeframe, count(*), min(open_time_ms) FROM candles
        WHERE timeframe = '1h' AND `date` = '2026-01-08' GROUP BY venue, timeframe
        """;

    assertThat(rows(sql))
        .containsExactlyInAnyOrder(
            List.of("coinbase", "1h", 24L, ReadersLake.DAY),
            List.of("okx", "1h", 24L, ReadersLake.DAY));
  }

  private static List<List<Object>> rows(String sql) throws Exception {
    List<List<Object>> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = flink.executeSql(sql).collect()) {
      while (result.hasNext()) {
        Row row = result.next();
        List<Object> cells = new ArrayList<>();
        for (int i = 0; i < row.getArity(); i++) {
          Object cell = row.getField(i);
          cells.add(cell instanceof Integer number ? (Object) number.longValue() : cell);
        }
        rows.add(cells);
      }
    }
    return rows;
  }
}
