#!/usr/bin/env bash
# Guess: trades stamped with TIMESTAMP_LTZ, Flink SQL's type for an instant, make the same candles of half an hour in
# every session; table.local-time-zone says how their times are shown and, at most, where a day begins.
#
# Seen with Flink 2.3.0 (streaming, TUMBLE, the session in America/New_York): windows are cut from local times without
# their offset. In the night in which clocks are put back the hour from 01:00 comes twice, and each window in it takes
# the trades of both: those of 05:30Z and of 06:30Z are one candle, whose open is of the one half hour and whose close
# of the other. Two trades in each of 24 half hours make 22 candles, two of them of four trades, and none is late or
# lost. It is so with windows of 15 minutes and of an hour too, once a year, for whoever has not set a zone: the
# default is the machine's. Days of 23 and 25 hours, for whose sake it is so, are whole. With SET
# 'table.local-time-zone' = 'UTC' the candles are the venue's.
#
# Exits 0 while it is so, 1 when it has changed, 77 where a JDK, Maven or the packages cannot be had.
set -euo pipefail

command -v javac >/dev/null && command -v mvn >/dev/null || { echo 'skipped: no javac or no mvn'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-table-api-java-bridge</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-table-planner-loader</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-table-runtime</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-clients</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Finding.java" <<'J'
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

public class Finding {
  public static void main(String[] args) throws Exception {
    List<String> utc = candlesOfTwo("UTC");
    List<String> newYork = candlesOfTwo("America/New_York");
    boolean same =
        utc.equals(List.of("24 candles"))
            && newYork.equals(
                List.of(
                    "2026-11-01T01:00 trades 4 from 2026-11-01T05:00:00Z to 2026-11-01T06:15:00Z",
                    "2026-11-01T01:30 trades 4 from 2026-11-01T05:30:00Z to 2026-11-01T06:45:00Z",
                    "22 candles"));
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }

  /** Candles of half an hour that have not the two trades of each half hour, and how many candles there are. */
  static List<String> candlesOfTwo(String zone) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(1);
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.getConfig().setLocalTimeZone(ZoneId.of(zone));
    Row[] trades = new Row[48];
    for (int i = 0; i < trades.length; i++) {
      trades[i] = Row.of(Instant.parse("2026-11-01T04:00:00Z").plusSeconds(15 * 60 * i), 100.0 + i);
    }
    TypeInformation<Row> type =
        Types.ROW_NAMED(new String[] {"traded_at", "price"}, Types.INSTANT, Types.DOUBLE);
    tables.createTemporaryView(
        "trades",
        env.fromData(type, trades),
        Schema.newBuilder()
            .column("traded_at", DataTypes.TIMESTAMP_LTZ(3))
            .column("price", DataTypes.DOUBLE())
            .watermark("traded_at", "traded_at")
            .build());
    List<String> seen = new ArrayList<>();
    int candles = 0;
    try (CloseableIterator<Row> rows =
        tables
            .executeSql(
                "SELECT window_start, COUNT(*), MIN(traded_at), MAX(traded_at)"
                    + " FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(traded_at), INTERVAL '30' MINUTE))"
                    + " GROUP BY window_start, window_end")
            .collect()) {
      while (rows.hasNext()) {
        Row row = rows.next();
        candles++;
        if (!row.getField(1).equals(2L)) {
          seen.add(
              row.getField(0) + " trades " + row.getField(1)
                  + " from " + row.getField(2) + " to " + row.getField(3));
        }
      }
    }
    seen.add(candles + " candles");
    seen.forEach(line -> System.out.println(zone + ": " + line));
    return seen;
  }
}
J
mkdir "$work/classes"
javac -nowarn -d "$work/classes" -cp "$(cat "$work/classpath")" "$work/Finding.java"
java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" Finding
