package dev.candles.batch.quality;

import dev.candles.batch.quality.scan.AssetDayPlan;
import dev.candles.batch.quality.scan.AssetDayScan;
import dev.candles.batch.quality.scan.PartitionReport;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Runs {@link AssetDayScan} per unit. Holds no rule of its own. */
final class ScanFunction implements FlatMapFunction<Long, PartitionReport> {
  private static final long serialVersionUID = 1L;

  private final String root;
  private final AssetDayPlan plan;
  private final boolean deep;

  /**
   * @param root of the lake, as every task sees it
   * @param deep whether to read the rows of sealed partitions too
   */
  ScanFunction(String root, AssetDayPlan plan, boolean deep) {
    this.root = root;
    this.plan = plan;
    this.deep = deep;
  }

  @Override
  public void flatMap(Long number, Collector<PartitionReport> out) {
    new AssetDayScan(Path.of(root), deep)
        .scan(plan.unit(number))
        .forEach(report -> report.pieces().forEach(out::collect));
  }
}
