package dev.candles.cli.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/**
 * Counts the keys that a plain glob sees, with DuckDB, again and again until it is closed: what a
 * reader that knows nothing of us sees of a lake at work.
 */
final class GlobReader implements AutoCloseable {
  private final Path lake;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Thread thread = new Thread(this::look, "glob-reader");
  private volatile long fewest = Long.MAX_VALUE;
  private volatile int looks;
  private volatile int vanished;
  private volatile String broken = "";

  /** Starts to look. */
  GlobReader(Path lake) {
    this.lake = lake;
    thread.start();
  }

  /** Keys in all files of candles. */
  static long keys(Path lake) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      return keys(duckdb, lake);
    }
  }

  private static long keys(Connection duckdb, Path lake) throws SQLException {
    try (Statement statement = duckdb.createStatement();
        var result =
            statement.executeQuery(
                "select count(*) from (select distinct venue, symbol, timeframe, open_time_ms"
                    + " from read_parquet('"
                    + lake
                    + "/candles/**/*.parquet', hive_partitioning = true))")) {
      result.next();
      return result.getLong(1);
    }
  }

  /** The fewest keys of any look; a look of which a file vanished is none. */
  long fewest() {
    return fewest;
  }

  /** What went wrong otherwise; empty if nothing did. */
  String broken() {
    return broken;
  }

  @Override
  public String toString() {
    return "%d looks with DuckDB, of which %d failed as a file vanished".formatted(looks, vanished);
  }

  @Override
  public void close() throws InterruptedException {
    end.complete(null);
    thread.join();
  }

  private void look() {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement settings = duckdb.createStatement()) {
      settings.execute("set threads = 1"); // the process that it looks at needs the others
      while (!end.isDone()) {
        try {
          fewest = Math.min(fewest, keys(duckdb, lake));
        } catch (SQLException gone) {
          String message = String.valueOf(gone.getMessage());
          if (!message.contains("No such file") && !message.contains("Cannot open file")) {
            throw gone;
          }
          vanished++;
        }
        looks++;
      }
    } catch (SQLException e) {
      broken = e.toString();
    }
  }
}
