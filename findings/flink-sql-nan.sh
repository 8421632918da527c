#!/usr/bin/env bash
# Guess: of a column of prices with a NaN in it Flink SQL gives one MAX and one MIN, whatever the order of the rows, and
# the usual x <> x finds the NaN, since SQL has no other word for it here.
#
# Seen with Flink 2.3.0 (batch, one task; streaming is the same): MAX and MIN keep the first value until one compares
# as more or less, which nothing does with NaN: a NaN in the first row makes both NaN, one in any later row
# leaves no trace in either, so a partition read in another order has another high and low. x <> x finds none: the
# planner takes every value for equal to itself and makes it FALSE, and NOT (x <= 5) it makes x > 5. Nor do x > 5
# and x = CAST('NaN' AS DOUBLE) find it. What does is CAST(x AS STRING) = 'NaN'; SUM is NaN in either order. A
# check of a lake for NaN by Flink SQL that is not written so passes.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Java, Maven or the packages cannot be had.
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
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

public class Finding {
  static String ask(Double... prices) throws Exception {
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
    flink.setParallelism(1);
    StreamTableEnvironment tables = StreamTableEnvironment.create(flink, EnvironmentSettings.inBatchMode());
    Schema nullable = Schema.newBuilder().column("f0", DataTypes.DOUBLE()).build();
    tables.createTemporaryView("prices", tables.fromDataStream(flink.fromData(prices), nullable).as("x"));
    String query =
        "SELECT MAX(x), MIN(x), COUNT(*) FILTER (WHERE x <> x), COUNT(*) FILTER (WHERE NOT (x <= 5)),"
            + " COUNT(*) FILTER (WHERE CAST(x AS STRING) = 'NaN') FROM prices";
    try (CloseableIterator<Row> rows = tables.executeSql(query).collect()) {
      return rows.next().toString();
    }
  }

  public static void main(String[] args) throws Exception {
    String first = ask(Double.NaN, 1.0, 2.0);
    String later = ask(1.0, Double.NaN, 2.0);
    System.out.println("max, min, x <> x, NOT (x <= 5), text is NaN");
    System.out.println("NaN, 1, 2: " + first);
    System.out.println("1, NaN, 2: " + later);
    boolean same = first.equals("+I[NaN, NaN, 0, 0, 1]") && later.equals("+I[2.0, 1.0, 0, 0, 1]");
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }
}
J
mkdir "$work/classes"
javac -d "$work/classes" -cp "$(cat "$work/classpath")" "$work/Finding.java"
java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" Finding
