package dev.candles.job.operator;

import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import dev.candles.lake.disk.DiskWatch;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.text.ByteText;
import dev.candles.text.LogValue;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how full the lake's disk is, and logs each step of what is stopped and goes on. */
final class LakeDisk {
  private static final Logger LOG = LoggerFactory.getLogger(LakeDisk.class);
  private static final List<DiskLevel> LEVELS = List.of(DiskLevel.values());

  private DiskLevel level = DiskLevel.ROOMY;

  /** The values are read by other threads, and wait for no file system. */
  static void register(DiskWatch disk, MetricGroup operator) {
    MetricGroup group = CollectorMetric.lake(operator);
    CollectorMetric.LAKE_FREE_BYTES.gauge(group, () -> disk.standing().freeBytes());
    CollectorMetric.LAKE_DISK_BYTES.gauge(group, () -> disk.standing().totalBytes());
    CollectorMetric.LAKE_DISK_LEVEL.gauge(group, () -> level(disk.standing()));
    CollectorMetric.LAKE_FULL_IN_MS.gauge(group, () -> disk.standing().fullInMs());
  }

  private static int level(DiskStanding now) {
    return now.isKnown() ? now.level().number() : -1;
  }

  /** Says each level between the last and this one, in their order. */
  void log(DiskStanding now) {
    String free = ByteText.of(now.freeBytes());
    for (DiskLevel one : LEVELS) {
      if (!level.stops(one) && now.level().stops(one)) {
        LOG.warn(
            "event=disk_short level={} stops={} free_bytes={} free={}",
            one,
            one.stopped(),
            now.freeBytes(),
            LogValue.of(free));
      }
    }
    for (int i = LEVELS.size() - 1; i >= 0; i--) {
      DiskLevel one = LEVELS.get(i);
      if (level.stops(one) && !now.level().stops(one)) {
        LOG.info(
            "event=disk_roomier level={} resumes={} free_bytes={} free={}",
            one,
            one.stopped(),
            now.freeBytes(),
            LogValue.of(free));
      }
    }
    level = now.level();
  }
}
