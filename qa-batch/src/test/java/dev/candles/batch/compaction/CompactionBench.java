package dev.candles.batch.compaction;

import com.sun.management.OperatingSystemMXBean;
import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.SmallLake;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.compact.CompactionPlan;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.view.CoverageDays;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One step of {@code bench/compaction} per process, so that its CPU seconds are the process's:
 * {@code generate}, {@code flink}, {@code plain}, {@code duckdb}, {@code empty}, {@code rows}.
 */
public final class CompactionBench {
  private static final List<String> MARKETS =
      List.of(
          "coinbase/BTC-USD",
          "coinbase/ETH-USD",
          "coinbase/SOL-USD",
          "coinbase/XRP-USD",
          "coinbase/DOGE-USD",
          "kraken/BTC-USD",
          "kraken/ETH-USD",
          "kraken/SOL-USD",
          "kraken/XRP-USD",
          "kraken/DOGE-USD",
          "okx/BTC-USDT",
          "okx/ETH-USDT",
          "okx/SOL-USDT",
          "okx/XRP-USDT",
          "okx/DOGE-USDT");
  private static final long LATER = SmallLake.DAY + 3 * SmallLake.DAY_MS;
  private static final int TASKS = 2;

  private CompactionBench() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[1]).toAbsolutePath();
    long files =
        switch (args[0]) {
          case "generate" -> generate(root);
          case "flink" -> flink(root);
          case "plain" -> plain(root);
          case "duckdb" -> duckdb(root, Path.of(args[2]).toAbsolutePath());
          case "empty" -> empty();
          case "rows" -> rows(root);
          default -> throw new IllegalArgumentException("no such step: " + args[0]);
        };
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.out.printf("%s %d %.2f%n", args[0], files, system.getProcessCpuTime() / 1e9);
    System.exit(0);
  }

  /** A day of 45 streams in 3,960 files, as a checkpoint every ten minutes leaves them. */
  private static long generate(Path root) throws Exception {
    SmallLake lake = new SmallLake(root);
    for (String market : MARKETS) {
      lake.day(stream(market, Timeframe.M1), SmallLake.DAY, 1440, 144);
      lake.day(stream(market, Timeframe.M5), SmallLake.DAY, 288, 96);
      lake.day(stream(market, Timeframe.H1), SmallLake.DAY, 24, 24);
    }
    return files(root);
  }

  private static StreamKey stream(String market, Timeframe timeframe) {
    return StreamKey.parse(market + "/" + timeframe.label()).orElseThrow();
  }

  private static long flink(Path root) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    CompactionPlan plan =
        CompactionPlan.of(new LakeLayout(root), all -> true, CompactionPlan.Days.CLOSED, LATER);
    CompactionJob.run(BatchEnvironment.create(TASKS), root.toString(), plan, outcomes::add);
    return files(root);
  }

  private static long plain(Path root) throws Exception {
    LakeLayout layout = new LakeLayout(root);
    List<Partition> partitions = layout.partitions(Folder.CANDLES).partitions();
    CoverageDays coverage = CoverageDays.read(layout, partitions);
    Compactor compactor = new Compactor(layout);
    for (Partition partition : partitions) {
      Outcome outcome = compactor.compact(partition, coverage.of(partition, LATER));
      if (outcome.kind() != Outcome.Kind.COMPACTED) {
        throw new IllegalStateException(outcome.toString());
      }
    }
    return files(root);
  }

  /** Distinct keys, sorted, zstd: what a careful person would type for each stream. */
  private static long duckdb(Path root, Path to) throws Exception {
    LakeLayout layout = new LakeLayout(root);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set threads = " + TASKS);
      for (Partition partition : layout.partitions(Folder.CANDLES).partitions()) {
        Path folder = Files.createDirectories(to.resolve("candles").resolve(partition.id()));
        statement.execute(
            "copy (select distinct on (open_time_ms) * from read_parquet('"
                + layout.partition(Folder.CANDLES, partition)
                + "/*.parquet', hive_partitioning = false) order by open_time_ms) to '"
                + folder.resolve("all.parquet")
                + "' (format parquet, compression zstd)");
      }
    }
    return files(to);
  }

  private static long empty() throws Exception {
    var env = BatchEnvironment.create(TASKS);
    try (var results = env.fromSequence(0, 1).executeAndCollect("empty")) {
      long count = 0;
      while (results.hasNext()) {
        count += results.next();
      }
      return count;
    }
  }

  /** A fingerprint of all rows as DuckDB sees them. */
  private static long rows(Path root) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select bit_xor(hash(t)) // 2 from (select venue, symbol, timeframe, date, * exclude"
                    + " (venue, symbol, timeframe, date) from read_parquet('"
                    + root
                    + "/candles/**/*.parquet', hive_partitioning = true)) t")) {
      result.next();
      return result.getLong(1);
    }
  }

  private static long files(Path root) throws Exception {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }
}
