package dev.candles.job.operator;

import dev.candles.lake.disk.DiskSpace;
import dev.candles.sources.metrics.CollectorMetric;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how full the lake's disk is; asked whenever somebody looks. */
final class LakeDisk {
  private static final Logger LOG = LoggerFactory.getLogger(LakeDisk.class);

  private final Path lake;

  LakeDisk(Path lake) {
    this.lake = lake;
  }

  void register(MetricGroup operator) {
    MetricGroup group = CollectorMetric.lake(operator);
    CollectorMetric.LAKE_FREE_BYTES.gauge(group, () -> space().freeBytes());
    CollectorMetric.LAKE_DISK_BYTES.gauge(group, () -> space().totalBytes());
  }

  private DiskSpace space() {
    try {
      return DiskSpace.of(lake);
    } catch (IOException e) {
      LOG.debug("event=disk_unreadable lake={}", lake, e);
      return DiskSpace.UNKNOWN; // below zero: an alert of its own asks about that
    }
  }
}
