package dev.candles.lake.compact;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.compact.Lakes.OVER;
import static dev.candles.lake.compact.Lakes.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.FileLake;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.lake.view.StoredCandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that look all the time, and at every step, while files are replaced. */
class ReadersDuringCompactionTest {
  private static final int ROUNDS = 25;

  @TempDir Path root;
  @TempDir Path elsewhere;

  private List<Candle> read() throws IOException {
    return new FileLake(root.toString()).candles(BTC, DAY, DAY + DAY_MILLIS);
  }

  private Intervals finals() throws IOException {
    long later = DAY + 10 * DAY_MILLIS;
    return new FileLake(root.toString()).scan(List.of(BTC), DAY, later, later).get(0).finals();
  }

  @Test
  void atEveryStepEachKeyIsSeenOnceAndAGlobSeesNoFewer() throws Exception {
    Lakes.fill(root, 3);
    List<Candle> truth = read();
    Intervals intervals = finals();
    List<String> problems = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      new Compactor(
              new LakeLayout(root),
              step -> {
                try {
                  if (!read().equals(truth) || !finals().equals(intervals)) {
                    problems.add("our reader at " + step);
                  }
                  if (distinctKeys(duckdb) != truth.size()) {
                    problems.add("a glob at " + step);
                  }
                } catch (IOException | SQLException e) {
                  problems.add(step + ": " + e);
                }
              })
          .compact(PARTITION, OVER);
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void atEveryStepEveryVersionOfACandleIsFoundOnce() throws IOException {
    Lakes.fill(root, 3);
    LakeAccounts accounts = new LakeAccounts(root);
    long revised = DAY + 10 * MINUTE;
    List<Candle> truth = versions(accounts, revised);
    assertThat(truth).extracting(Candle::revision).containsExactly(0, 1, 2, 3);
    List<String> problems = new ArrayList<>();
    new Compactor(
            new LakeLayout(root),
            step -> {
              try {
                List<Candle> found = versions(accounts, revised);
                if (!found.equals(truth)) {
                  problems.add(step + ": " + found);
                }
              } catch (IOException e) {
                problems.add(step + ": " + e);
              }
            })
        .compact(PARTITION, OVER);
    assertThat(problems).isEmpty();
  }

  private static List<Candle> versions(LakeAccounts accounts, long openTimeMs) throws IOException {
    return accounts.versions(BTC, openTimeMs).stream().map(StoredCandle::candle).toList();
  }

  @Test
  void aReaderThatScansAllTheTimeSeesEachKeyOnce() throws Exception {
    for (long minute = 0; minute < 100; minute++) {
      Samples.write(root, candle(BTC, DAY + minute * MINUTE, 0));
    }
    AtomicInteger scans = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      CompletableFuture<Void> ours =
          CompletableFuture.runAsync(() -> scanUntil(done, scans), threads);
      CompletableFuture<Void> glob = CompletableFuture.runAsync(() -> globUntil(done), threads);
      for (int round = 0; round < ROUNDS; round++) {
        for (int twin = 0; twin < 20; twin++) {
          commit(candle(BTC, DAY + (round + twin) % 100 * MINUTE, 0));
        }
        assertThat(new Compactor(new LakeLayout(root)).compact(PARTITION, OVER).reason()).isEmpty();
      }
      done.complete(null);
      ours.get();
      glob.get();
    } finally {
      done.complete(null);
      threads.shutdown();
    }
    assertThat(scans.get()).isPositive();
  }

  /** As a checkpoint does: the file is whole when it gets its name. */
  private void commit(Candle candle) throws IOException {
    Path file = Samples.write(elsewhere, candle);
    Files.move(file, Lakes.folder(root).resolve(file.getFileName()));
  }

  private void scanUntil(CompletableFuture<Void> done, AtomicInteger scans) {
    do {
      try {
        assertThat(read()).extracting(Candle::openTimeMs).doesNotHaveDuplicates().hasSize(100);
        assertThat(finals()).isEqualTo(Intervals.of(DAY, DAY + 100 * MINUTE));
        scans.incrementAndGet();
      } catch (IOException e) {
        throw new AssertionError("a reader failed", e);
      }
    } while (!done.isDone());
  }

  /** DuckDB fails when a file vanishes between its listing and its opening; it never sees less. */
  private void globUntil(CompletableFuture<Void> done) {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      do {
        try {
          assertThat(distinctKeys(duckdb)).isEqualTo(100);
        } catch (SQLException vanished) {
          assertThat(vanished.getMessage()).containsAnyOf("No such file", "Cannot open file");
        }
      } while (!done.isDone());
    } catch (SQLException e) {
      throw new AssertionError("DuckDB cannot be had", e);
    }
  }

  private long distinctKeys(Connection duckdb) throws SQLException {
    try (Statement statement = duckdb.createStatement();
        var result =
            statement.executeQuery(
                "select count(distinct open_time_ms) from read_parquet('"
                    + root
                    + "/candles/**/*.parquet', hive_partitioning = true)")) {
      result.next();
      return result.getLong(1);
    }
  }
}
