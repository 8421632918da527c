#!/usr/bin/env bash
# Guess: whoever declares a Parquet column to Flink SQL with another type than the file's is told: a DOUBLE that is
# declared FLOAT, or an INT64 that is declared INT, ends with "Unexpected type". A DECIMAL of another scale is
# converted, or refused too.
#
# Seen with Flink 2.3.0 (flink-parquet, files of Flink's own): a DECIMAL is read as its digits, and the declared scale
# puts the point, whatever the file's footer says. A price of 67123.45, written as DECIMAL(18, 8), is 67123450000.00 as
# DECIMAL(18, 2), -6888836.48 as DECIMAL(9, 2), of which only 32 bits are taken, and 0.000006712345000000 as
# DECIMAL(38, 18). No error, no null, no warning. It meets whoever changes a table's scale under files that are there,
# and whoever writes a CREATE TABLE for files of others; pyarrow's files are read the same way. Read the scale off a
# footer first, or write prices as DOUBLE or text.
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
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-connector-files</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-parquet</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.hadoop</groupId><artifactId>hadoop-client-api</artifactId><version>3.4.2</version></dependency>
    <dependency><groupId>org.apache.hadoop</groupId><artifactId>hadoop-client-runtime</artifactId><version>3.4.2</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Finding.java" <<'J'
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

public class Finding {
  static final Configuration FLINK =
      Configuration.fromMap(
          Map.of("security.delegation.tokens.enabled", "false", "table.exec.resource.default-parallelism", "1"));
  static final TableEnvironment TABLES =
      TableEnvironment.create(EnvironmentSettings.newInstance().inBatchMode().withConfiguration(FLINK).build());

  public static void main(String[] args) throws Exception {
    String with = ") WITH ('connector' = 'filesystem', 'format' = 'parquet', 'path' = '" + args[0] + "')";
    TABLES.executeSql(
        "CREATE TABLE written (a DECIMAL(18, 8), b DECIMAL(18, 8), c DECIMAL(18, 8), d DECIMAL(18, 8), e DOUBLE"
            + with);
    TABLES.executeSql("INSERT INTO written VALUES (67123.45, 67123.45, 67123.45, 67123.45, 1.5)").await();
    TABLES.executeSql(
        "CREATE TABLE declared (a DECIMAL(18, 8), b DECIMAL(18, 2), c DECIMAL(9, 2), d DECIMAL(38, 18)" + with);
    TABLES.executeSql("CREATE TABLE narrow (e FLOAT" + with);
    List<String> seen = List.of(read("declared"), read("narrow"));
    seen.forEach(System.out::println);
    boolean same =
        seen.equals(
            List.of(
                "67123.45000000, 67123450000.00, -6888836.48, 0.000006712345000000",
                "Unexpected type: DOUBLE"));
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }

  static String read(String table) {
    try (CloseableIterator<Row> rows =
        TABLES.executeSql("SELECT * FROM " + table).collect()) {
      Row row = rows.next();
      return IntStream.range(0, row.getArity())
          .mapToObj(i -> ((BigDecimal) row.getField(i)).toPlainString())
          .collect(Collectors.joining(", "));
    } catch (Exception refused) {
      Throwable cause = refused;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause.getMessage();
    }
  }
}
J
mkdir "$work/classes"
javac -nowarn -d "$work/classes" -cp "$(cat "$work/classpath")" "$work/Finding.java"
java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" Finding "$work/lake"
