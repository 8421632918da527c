package dev.candles.batch;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** What {@code bench/qa} and {@code bench/compaction} measure beside each other: one line. */
public final class BenchVersions {
  private BenchVersions() {}

  /** Prints the versions of Flink, of DuckDB by its own word, and of the JVM that runs both. */
  public static void main(String[] args) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        var result = statement.executeQuery("select version()")) {
      result.next();
      System.out.printf(
          "Flink %s; DuckDB %s; Java %s (%s)%n",
          EnvironmentInformation.getVersion(),
          result.getString(1),
          Runtime.version(),
          System.getProperty("java.vendor"));
    }
  }
}
