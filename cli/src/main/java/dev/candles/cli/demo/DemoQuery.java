package dev.candles.cli.demo;

import dev.candles.core.candle.Timeframe;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to paste into DuckDB after the demo: the candles of each stream that the table counts. */
public final class DemoQuery {
  private DemoQuery() {}

  /**
   * One line of SQL.
   *
   * @param fromMs start of what was compared, epoch ms, UTC
   * @param toMs its end: an interval counts when it was over by then
   */
  public static String of(Path lake, long fromMs, long toMs) {
    String widths =
        Stream.of(Timeframe.values())
            .filter(timeframe -> timeframe != Timeframe.BASE)
            .map(t -> String.format(Locale.ROOT, "WHEN '%s' THEN %d", t.label(), t.millis()))
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "SELECT venue, symbol, timeframe, count(*) AS candles, min(make_timestamp(open_time_ms*1000)) AS first,"
            + " max(make_timestamp(open_time_ms*1000)) AS last FROM read_parquet('%s/**/*.parquet',"
            + " hive_partitioning=true) WHERE open_time_ms >= %d AND open_time_ms + CASE timeframe"
            + " %s ELSE %d END <= %d GROUP BY ALL ORDER BY ALL;",
        literal(lake.resolve("candles").toString()),
        fromMs,
        widths,
        Timeframe.BASE.millis(),
        toMs);
  }

  /** As text in SQL, each character that a glob gives a meaning in brackets. */
  private static String literal(String path) {
    return path.replace("'", "''").replaceAll("[\\[*?]", "[$0]");
  }
}
