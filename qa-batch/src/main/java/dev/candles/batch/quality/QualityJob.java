package dev.candles.batch.quality;

import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.scan.AssetDayPlan;
import dev.candles.batch.quality.scan.PartitionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** The daily QA as a bounded job: tasks look at one asset and day at a time, in parallel. */
public final class QualityJob {
  private QualityJob() {}

  /**
   * Runs.
   *
   * @param startedAtMs real time, epoch ms, UTC
   * @param now market time, epoch ms, UTC: asked when all was read, because what is written
   *     meanwhile is read too
   * @throws Exception if Flink cannot run the job; what is wrong in the lake is in the report
   */
  public static QaReport run(
      StreamExecutionEnvironment env, QaSettings settings, long startedAtMs, LongSupplier now)
      throws Exception {
    String root = settings.root().toAbsolutePath().toString();
    return new QualityRun(settings, plan -> scan(env, plan, root, settings.deep()))
        .run(startedAtMs, now);
  }

  private static List<PartitionReport> scan(
      StreamExecutionEnvironment env, AssetDayPlan plan, String root, boolean deep)
      throws Exception {
    List<PartitionReport> pieces = new ArrayList<>();
    try (CloseableIterator<PartitionReport> answers =
        env.fromSequence(0, plan.size() - 1)
            .name("units")
            .flatMap(new ScanFunction(root, plan, deep))
            .name("scan")
            .executeAndCollect("qa")) {
      answers.forEachRemaining(pieces::add);
    }
    return PartitionReport.together(pieces);
  }
}
