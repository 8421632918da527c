package dev.candles.batch.quality;

import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.scan.AssetDayScan;
import dev.candles.batch.quality.scan.PartitionReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** The daily QA without Flink, one unit after the other: as the job does it, in less time. */
final class PlainQa {
  /** Later than whatever a test's lake holds. */
  private static final long NOW = TestLake.FIRST + 400 * TestLake.DAY;

  private PlainQa() {}

  static QaReport run(Path root) throws Exception {
    return run(root, 0);
  }

  static QaReport run(Path root, int days) throws Exception {
    return run(root, days, () -> {}, () -> {});
  }

  /**
   * A run whose clock stands still.
   *
   * @param nowMs epoch ms, UTC
   */
  static QaReport run(Path root, int days, long nowMs) throws Exception {
    return run(root, days, false, nowMs, () -> {}, () -> {});
  }

  /** One that reads what is sealed too. */
  static QaReport deep(Path root) throws Exception {
    return run(root, 0, true, NOW, () -> {}, () -> {});
  }

  /** What happens to a lake meanwhile. */
  interface Meanwhile {
    void happen() throws Exception;
  }

  /**
   * A run beside a collector.
   *
   * @param before happens after the lake was listed, and before any candle is read
   * @param after happens when all candles have been read
   */
  static QaReport run(Path root, int days, Meanwhile before, Meanwhile after) throws Exception {
    return run(root, days, false, NOW, before, after);
  }

  private static QaReport run(
      Path root, int days, boolean deep, long nowMs, Meanwhile before, Meanwhile after)
      throws Exception {
    AssetDayScan scan = new AssetDayScan(root, deep);
    QaSettings settings = new QaSettings(root, days, deep, Set.of(), true);
    QualityRun.Scanner scanner =
        plan -> {
          before.happen();
          List<PartitionReport> reports =
              LongStream.range(0, plan.size())
                  .mapToObj(plan::unit)
                  .flatMap(unit -> scan.scan(unit).stream())
                  .toList();
          after.happen();
          return reports;
        };
    return new QualityRun(settings, scanner).run(0, () -> nowMs);
  }
}
