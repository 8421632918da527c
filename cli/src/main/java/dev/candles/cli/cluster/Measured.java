package dev.candles.cli.cluster;

import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import dev.candles.sources.metrics.CollectorMetric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;

/**
 * What Flink gathered of a job's metrics. It gathers only when it is asked, each process by itself,
 * and answers meanwhile with what it had: that of one operator may be of now, and that of another
 * as old as the last look.
 */
final class Measured {
  private static final Pattern OF_VENUE =
      Pattern.compile(".*\\.candles\\.venue\\.([a-z0-9]+)\\.(?:\\w+\\.(\\w+)\\.)?(\\w+)");

  private static final Pattern OF_LAKE = Pattern.compile(".*\\.candles\\.(lake\\w+)");

  /** While it is asked Flink gathers every ten seconds. */
  private static final long YOUNG_MS = Duration.ofSeconds(15).toMillis();

  private static final double UNKNOWN = Double.MAX_VALUE;

  private final List<LiveJob.Value> values = new ArrayList<>();
  private final Map<String, Double> ofLake = new HashMap<>();
  private double oldestMs = UNKNOWN;

  static boolean isWanted(String name) {
    return (OF_VENUE.matcher(name).matches() && !name.contains(".symbol."))
        || OF_LAKE.matcher(name).matches();
  }

  void add(Collection<AggregatedMetric> found) {
    for (AggregatedMetric metric : found) {
      if (metric.getMin() != null && metric.getMax() != null && metric.getSum() != null) {
        add(metric.getId(), metric.getMin(), metric.getMax(), metric.getSum());
      }
    }
  }

  private void add(String id, double min, double max, double sum) {
    Matcher parts = OF_VENUE.matcher(id);
    Matcher lake = OF_LAKE.matcher(id);
    if (parts.matches()) {
      String of = Objects.requireNonNullElse(parts.group(2), "");
      values.add(new LiveJob.Value(parts.group(1), of, parts.group(3), min, max, sum));
      if (parts.group(3).equals(CollectorMetric.MEASURED_MS.label())) {
        oldestMs = Math.min(oldestMs, min);
      }
    } else if (lake.matches()) {
      ofLake.merge(lake.group(1), max, Math::max);
    }
  }

  /**
   * Whether all of it was gathered a few seconds ago, or anew since {@code first}: the clocks of
   * two machines may differ. A collector that does not say when is believed.
   */
  boolean isOfNow(long nowMs, Measured first) {
    return !values.isEmpty()
        && (oldestMs == UNKNOWN
            || Math.abs(nowMs - oldestMs) < YOUNG_MS
            || oldestMs != first.oldestMs);
  }

  List<LiveJob.Value> values() {
    return List.copyOf(values);
  }

  private long ofLake(CollectorMetric metric) {
    return Math.round(ofLake.getOrDefault(metric.label(), -1.0));
  }

  DiskStanding disk() {
    return DiskLevel.of(ofLake(CollectorMetric.LAKE_DISK_LEVEL))
        .map(
            level ->
                new DiskStanding(
                    level,
                    ofLake(CollectorMetric.LAKE_FREE_BYTES),
                    ofLake(CollectorMetric.LAKE_DISK_BYTES),
                    ofLake(CollectorMetric.LAKE_FULL_IN_MS),
                    false))
        .orElse(DiskStanding.UNKNOWN);
  }
}
