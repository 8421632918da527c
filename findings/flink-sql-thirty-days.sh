#!/usr/bin/env bash
# Guess: thirty days in milliseconds are 30 * 24 * 60 * 60 * 1000 in Flink SQL, next to a BIGINT of milliseconds in any
# case; what is too large for a type is an error; a sum is of a type that holds sums, and the mean of 1 and 2 is 1.5.
#
# Seen with Flink SQL 2.3.0 (batch, its own planner): whole numbers are INT until they meet a BIGINT, the product is
# made before that, and wraps around without an error: it is -1702967296. Candles at or after "the newest minus 30
# days" are those of 20 days from now: none. 24 days are right, 25 are not, so a query that works for a week breaks
# when someone asks for a month. A column of INT in place of the 30 is the same. SUM of an INT is an INT and wraps: two
# times 1500000000 is -1294967296. AVG of whole numbers is a whole number: the mean of the trade counts 1 and 2 is 1.
# Write CAST(30 AS BIGINT) first, or 2592000000; cast to BIGINT before a SUM and to DOUBLE before an AVG.
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
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-table-api-java</artifactId><version>2.3.0</version></dependency>
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
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

public class Finding {
  static final long NEWEST = 1767225660000L;

  public static void main(String[] args) throws Exception {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    tables.executeSql(
        "CREATE TEMPORARY VIEW candles AS SELECT * FROM (VALUES"
            + " (CAST(1767225600000 AS BIGINT), CAST(1 AS BIGINT), 1500000000, 30),"
            + " (CAST(1767225660000 AS BIGINT), CAST(2 AS BIGINT), 1500000000, 30))"
            + " AS c(open_time_ms, trade_count, many, days)");
    List<String> terms =
        List.of(
            "MAX(open_time_ms) - 24 * 24 * 60 * 60 * 1000",
            "MAX(open_time_ms) - 30 * 24 * 60 * 60 * 1000",
            "MAX(open_time_ms - days * 24 * 60 * 60 * 1000)",
            "MAX(open_time_ms) - CAST(30 AS BIGINT) * 24 * 60 * 60 * 1000",
            "COUNT(*) FILTER (WHERE open_time_ms >= " + NEWEST + " - 30 * 24 * 60 * 60 * 1000)",
            "COUNT(*) FILTER (WHERE open_time_ms >= " + NEWEST + " - 2592000000)",
            "SUM(many)",
            "SUM(CAST(many AS BIGINT))",
            "AVG(trade_count)",
            "AVG(CAST(trade_count AS DOUBLE))");
    TableResult result = tables.executeSql("SELECT " + String.join(", ", terms) + " FROM candles");
    List<String> seen = new ArrayList<>();
    try (CloseableIterator<Row> rows = result.collect()) {
      Row row = rows.next();
      for (int i = 0; i < terms.size(); i++) {
        seen.add(String.valueOf(row.getField(i)));
        System.out.println(terms.get(i) + ": " + seen.get(i));
      }
    }
    long day = 86_400_000L;
    boolean same =
        seen.equals(
            List.of(
                String.valueOf(NEWEST - 24 * day),
                String.valueOf(NEWEST + 1702967296L),
                String.valueOf(NEWEST + 1702967296L),
                String.valueOf(NEWEST - 30 * day),
                "0",
                "2",
                "-1294967296",
                "3000000000",
                "1",
                "1.5"));
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }
}
J
mkdir "$work/classes"
javac -d "$work/classes" -cp "$(cat "$work/classpath")" "$work/Finding.java"
java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" Finding
