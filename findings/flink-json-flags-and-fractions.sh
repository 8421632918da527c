#!/usr/bin/env bash
# Guess: a value of JSON or CSV that the declared type cannot hold ends a query of Flink SQL, since the formats' option
# ignore-parse-errors is off: a flag that is 1 is true or an error, a fraction in a BIGINT and a price that is too
# large for a DECIMAL are errors.
#
# Seen with Flink SQL 2.3.0 (flink-json and flink-csv, batch): none is an error. A BOOLEAN is true for true and for the
# text true in any case, and false for everything else: 1, "1", "yes", "buy". A flag of 0 and 1 for "the buyer is the
# maker" makes every trade a taker's buy. A number with a fraction is cut off in a BIGINT, so an amount of 0.9 is 0,
# while "0.9" as a text is the error one expects. A number with too many digits before the point for its DECIMAL is
# null, which a SUM leaves out, and one with too many behind it is rounded: 0.00001234 in a DECIMAL(12, 2) is 0.00.
# With json.decode.json-parser.enabled off it is the same. Read a flag as STRING or INT and compare it, an amount as
# DOUBLE or as a DECIMAL with room on both sides.
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
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-connector-files</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-json</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-csv</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-clients</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Finding.java" <<'J'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

public class Finding {
  static final TableEnvironment TABLES = TableEnvironment.create(EnvironmentSettings.inBatchMode());
  static int tables;

  /** The values of one column, read from lines of a file; or "error", if it tells of the value 0.9. */
  static String read(Path work, String type, String options, List<String> lines) throws Exception {
    String table = "t" + tables++;
    Path folder = Files.createDirectory(work.resolve(table));
    Files.write(folder.resolve("lines"), lines);
    TABLES.executeSql(
        "CREATE TABLE " + table + " (v " + type + ") WITH ('connector' = 'filesystem', 'path' = '"
            + folder.toUri() + "', " + options + ")");
    List<Object> values = new ArrayList<>();
    try (CloseableIterator<Row> rows = TABLES.executeSql("SELECT v FROM " + table).collect()) {
      rows.forEachRemaining(row -> values.add(row.getField(0)));
      return values.toString();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (String.valueOf(cause.getMessage()).contains("0.9")) {
          return "error";
        }
      }
      return e.toString();
    }
  }

  static List<String> json(String... values) {
    List<String> lines = new ArrayList<>();
    for (String value : values) {
      lines.add("{\"v\": " + value + "}");
    }
    return lines;
  }

  public static void main(String[] args) throws Exception {
    Path work = Path.of(args[0]);
    List<String> seen = new ArrayList<>();
    String json = "'format' = 'json'";
    for (String options : List.of(json, json + ", 'json.decode.json-parser.enabled' = 'false'")) {
      seen.add(read(work, "BOOLEAN", options, json("true", "\"True\"", "1", "\"1\"", "\"yes\"", "\"buy\"", "0")));
      seen.add(read(work, "BIGINT", options, json("0.9", "1.9", "3")));
      seen.add(read(work, "BIGINT", options, json("\"0.9\"")));
      seen.add(read(work, "DECIMAL(12, 2)", options, json("67123.45", "12345678901.5", "0.00001234")));
    }
    seen.add(read(work, "BOOLEAN", "'format' = 'csv'", List.of("true", "True", "1", "yes")));
    seen.add(read(work, "BIGINT", "'format' = 'csv'", List.of("0.9")));
    seen.add(read(work, "DECIMAL(12, 2)", "'format' = 'csv'", List.of("67123.45", "12345678901.5", "0.00001234")));
    seen.forEach(System.out::println);
    List<String> fromJson =
        List.of(
            "[true, true, false, false, false, false, false]", "[0, 1, 3]", "error", "[67123.45, null, 0.00]");
    List<String> expected = new ArrayList<>(fromJson);
    expected.addAll(fromJson);
    expected.addAll(List.of("[true, true, false, false]", "error", "[67123.45, null, 0.00]"));
    boolean same = seen.equals(expected);
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }
}
J
mkdir "$work/classes" "$work/tables"
javac -d "$work/classes" -cp "$(cat "$work/classpath")" "$work/Finding.java"
java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" Finding "$work/tables"
