#!/usr/bin/env bash
# Guess: a product of two DECIMAL(38, 18), the type in which whole coins and their smallest parts both fit, keeps at least
# the eighteen digits behind the point that each factor has; what does not fit is an error or NULL.
#
# Seen with Flink SQL 2.3.0: where the precisions add up to more than 38, digits behind the point are given up for
# digits before it, whatever the values are, down to six, without an error or a warning. Price times amount of two
# DECIMAL(38, 18) is a DECIMAL(38, 6): 30.5 coins at 0.00000001 are 0.000000, and so is the sum of any number
# of such trades; a quotient has six digits too. A price times the integer 2 keeps seven, so twice this price is
# nothing either, and the sum of two prices seventeen. With DECIMAL(18, 8) on both sides the product has all sixteen. A
# quote volume in Flink SQL wants factors whose precisions add up to 37 at most, or DOUBLE.
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

public class Finding {
  public static void main(String[] args) throws Exception {
    List<String> terms =
        List.of("price * amount", "price / amount", "price * 2", "price + amount", "narrow_price * narrow_amount");
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    TableResult result =
        tables.executeSql(
            "SELECT " + String.join(", ", terms) + " FROM (SELECT"
                + " CAST('0.00000001' AS DECIMAL(38, 18)) AS price, CAST('30.5' AS DECIMAL(38, 18)) AS amount,"
                + " CAST('0.00000001' AS DECIMAL(18, 8)) AS narrow_price,"
                + " CAST('30.5' AS DECIMAL(18, 8)) AS narrow_amount)");
    List<String> seen = new ArrayList<>();
    try (CloseableIterator<Row> rows = result.collect()) {
      Row row = rows.next();
      for (int i = 0; i < terms.size(); i++) {
        String type = result.getResolvedSchema().getColumnDataTypes().get(i).nullable().toString();
        seen.add(type + " " + ((BigDecimal) row.getField(i)).toPlainString());
        System.out.println(terms.get(i) + ": " + seen.get(i));
      }
    }
    boolean same =
        seen.equals(
            List.of(
                "DECIMAL(38, 6) 0.000000",
                "DECIMAL(38, 6) 0.000000",
                "DECIMAL(38, 7) 0.0000000",
                "DECIMAL(38, 17) 30.50000001000000000",
                "DECIMAL(37, 16) 0.0000003050000000"));
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }
}
J
mkdir "$work/classes"
javac -d "$work/classes" -cp "$(cat "$work/classpath")" "$work/Finding.java"
java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" Finding
