package dev.candles.bench;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Sees the numbers of the job that runs in this JVM. */
public final class SeenMetrics implements MetricReporter {
  private static final Map<Metric, String> SEEN = new ConcurrentHashMap<>();

  /** How Flink finds it; named in {@code META-INF/services}. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new SeenMetrics();
    }
  }

  /**
   * The sum of all counters and gauges of this name whose operator's name contains {@code
   * operator}.
   */
  static long sum(String operator, String name) {
    return SEEN.entrySet().stream()
        .filter(seen -> seen.getValue().contains(operator) && seen.getValue().endsWith("|" + name))
        .mapToLong(seen -> value(seen.getKey()))
        .sum();
  }

  private static long value(Metric metric) {
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
        ? number.longValue()
        : 0;
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter || metric instanceof Gauge<?>) {
      String operator = group.getAllVariables().getOrDefault("<operator_name>", "");
      SEEN.put(metric, operator + "|" + name);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
