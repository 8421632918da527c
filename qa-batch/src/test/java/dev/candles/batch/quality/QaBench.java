package dev.candles.batch.quality;

import com.sun.management.OperatingSystemMXBean;
import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.rollup.Rollup;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.LakeParquet;
import dev.candles.lake.view.CoverageDays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/**
 * One step of {@code bench/qa} per process, so that CPU, time and memory are the process's: {@code
 * year ROOT DAYS}, {@code day ROOT}, {@code sealed|deep|open ROOT}, {@code duckdb ROOT}, {@code
 * empty}. {@code thin ROOT DAYS} makes five thin markets, {@code filled ROOT DAYS} such that were
 * repaired on one day, to see in how little memory {@code ./candles qa} checks them.
 */
public final class QaBench {
  private static final List<String> BASES = List.of("ADA", "ETH", "SOL", "XRP", "DOGE");
  private static final List<String> VENUES = List.of("coinbase", "kraken", "okx");
  private static final int TASKS = 2;
  private static final int FILES_PER_DAY = 88;

  private QaBench() {}

  /** Runs the step that is named first. */
  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    Path root = Path.of(args.length > 1 ? args[1] : ".").toAbsolutePath();
    String result =
        switch (args[0]) {
          case "year" -> year(root, Integer.parseInt(args[2]));
          case "thin", "filled" -> seal(root, Integer.parseInt(args[2]), thin(root, args));
          case "day" -> write(root, 1, FILES_PER_DAY);
          case "sealed" -> check(root, false, true);
          case "deep" -> check(root, true, false);
          case "open" -> check(root, false, false);
          case "duckdb" -> duckdb(root);
          case "empty" -> empty();
          default -> throw new IllegalArgumentException("no such step: " + args[0]);
        };
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.out.printf(
        "%s %.2f %.2f %d %s%n",
        args[0],
        system.getProcessCpuTime() / 1e9,
        (System.nanoTime() - start) / 1e9,
        peakMegabytes(),
        result);
    System.exit(0);
  }

  private static long peakMegabytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    }
  }

  /** Days of 45 streams, compacted, checked and sealed. */
  private static String year(Path root, int days) throws Exception {
    return seal(root, days, write(root, days, 1));
  }

  private static String thin(Path root, String[] args) throws IOException {
    int days = Integer.parseInt(args[2]);
    long rows =
        args[0].equals("thin")
            ? ThinLake.write(root, 5, days)
            : ThinLake.writeFilled(root, 5, days);
    return rows + " rows of coverage";
  }

  private static String seal(Path root, int days, String written) throws Exception {
    LakeLayout layout = new LakeLayout(root);
    List<Partition> partitions = layout.partitions(Folder.CANDLES).partitions();
    CoverageDays coverage = CoverageDays.read(layout, partitions);
    Compactor compactor = new Compactor(layout);
    long later = TestLake.FIRST + (days + 2) * TestLake.DAY;
    partitions.parallelStream()
        .forEach(
            partition -> {
              try {
                Outcome outcome = compactor.compact(partition, coverage.of(partition, later));
                if (outcome.kind() != Outcome.Kind.COMPACTED) {
                  throw new IllegalStateException(outcome.toString());
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return written + " " + check(root, false, true);
  }

  private static String write(Path root, int days, int files) {
    LakeLayout layout = new LakeLayout(root);
    List<StreamKey> markets = new ArrayList<>();
    for (String venue : VENUES) {
      String quote = venue.equals("okx") ? "-USDT" : "-USD";
      BASES.forEach(base -> markets.add(new StreamKey(venue, base + quote, Timeframe.M1)));
    }
    IntStream.range(0, days)
        .parallel()
        .forEach(day -> markets.forEach(market -> day(layout, market, day, files)));
    return days * markets.size() * 3 + " partitions";
  }

  private static void day(LakeLayout layout, StreamKey market, int day, int files) {
    List<Candle> minutes =
        IntStream.range(0, 1440).mapToObj(i -> TestLake.minute(market, day * 1440L + i)).toList();
    try {
      files(layout, minutes, files);
      files(layout, larger(minutes, Timeframe.M5), files);
      files(layout, larger(minutes, Timeframe.H1), Math.min(files, 24));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Candle> larger(List<Candle> minutes, Timeframe timeframe) {
    int each = (int) (timeframe.millis() / Timeframe.M1.millis());
    List<Candle> larger = new ArrayList<>();
    for (int from = 0; from < minutes.size(); from += each) {
      StreamKey stream = minutes.get(0).stream().in(timeframe);
      Rollup.fold(stream, minutes.get(from).openTimeMs(), minutes.subList(from, from + each))
          .ifPresent(larger::add);
    }
    return larger;
  }

  private static void files(LakeLayout layout, List<Candle> rows, int files) throws IOException {
    Partition partition = Partition.of(rows.get(0).stream(), rows.get(0).openTimeMs());
    Path folder = Files.createDirectories(layout.partition(Folder.CANDLES, partition));
    for (int i = 0; i < files; i++) {
      List<Candle> part = rows.subList(i * rows.size() / files, (i + 1) * rows.size() / files);
      Path file = folder.resolve("part-" + i + ".parquet");
      try (ParquetWriter<Candle> writer = LakeParquet.candles(new LocalOutputFile(file))) {
        for (Candle row : part) {
          writer.write(row);
        }
      }
    }
  }

  private static String check(Path root, boolean deep, boolean seal) throws Exception {
    QaSettings settings = new QaSettings(root, 0, deep, Set.of(), seal);
    QaReport report =
        QualityJob.run(
            BatchEnvironment.create(TASKS),
            settings,
            System.currentTimeMillis(),
            System::currentTimeMillis);
    List<String> failed =
        report.checks().stream()
            .filter(result -> !result.passed())
            .map(CheckResult::toString)
            .toList();
    if (!failed.isEmpty()) {
      throw new IllegalStateException("the lake is not clean: " + failed);
    }
    QaReport.Totals totals = report.totals();
    return "%d rows in %d files, %d of %d partitions sealed"
        .formatted(totals.rows(), totals.files(), totals.sealed(), totals.partitions());
  }

  /** One scan for all that rows can tell, and the hash of every file. */
  private static String duckdb(Path root) throws Exception {
    long rows;
    long bad;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set threads = " + TASKS);
      try (var result =
          statement.executeQuery(
              "select sum(n), sum(bad + n - keys + cast(breaks > 0 as int)) from (select count(*)"
                  + " n, count(distinct open_time_ms) keys, count(*) filter (high < greatest(open,"
                  + " close) or low > least(open, close) or low <= 0 or volume < 0 or not"
                  + " isfinite(high) or not is_closed) bad, (max(open_time_ms) - min(open_time_ms))"
                  + " // case timeframe when '1m' then 60000 when '5m' then 300000 else 3600000 end"
                  + " + 1 - count(*) breaks from read_parquet('"
                  + root
                  + "/candles/**/*.parquet', hive_partitioning = true)"
                  + " group by venue, symbol, timeframe, date)")) {
        result.next();
        rows = result.getLong(1);
        bad = result.getLong(2);
      }
    }
    try (Stream<Path> tree = Files.walk(root.resolve("candles"))) {
      List<Path> files = tree.filter(file -> file.toString().endsWith(".parquet")).toList();
      long hashed =
          files.parallelStream()
              .filter(
                  file -> {
                    try {
                      return !Sha256.of(file).isEmpty();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .count();
      return rows + " rows, " + bad + " bad, " + hashed + " files hashed";
    }
  }

  private static String empty() throws Exception {
    try (var results =
        BatchEnvironment.create(TASKS).fromSequence(0, 1).executeAndCollect("empty")) {
      long count = 0;
      while (results.hasNext()) {
        count += results.next();
      }
      return "sum " + count;
    }
  }
}
