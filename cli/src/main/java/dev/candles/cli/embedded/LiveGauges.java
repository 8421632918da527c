package dev.candles.cli.embedded;

import dev.candles.sources.metrics.CollectorMetric;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Sees the gauges that readers and enumerators register with Flink. Their values are shared by this
 * JVM, which holds one collector.
 */
public final class LiveGauges implements MetricReporter {
  /** Gauge of a reader: connections that it should hold. */
  static final String CONNECTIONS = CollectorMetric.CONNECTIONS.label();

  /** Gauge of a reader: connections on which data came since they were made. */
  static final String ACTIVE = CollectorMetric.CONNECTIONS_ACTIVE.label();

  /** Gauge of an enumerator: symbols that its venue does not list. */
  static final String NOT_LISTED = CollectorMetric.SYMBOLS_NOT_LISTED.label();

  /** Gauge of a reader, in a group of its venue: the venue's clock minus ours, milliseconds. */
  static final String CLOCK_OFFSET = CollectorMetric.CLOCK_OFFSET_MS.label();

  private static final Set<String> NAMES = Set.of(CONNECTIONS, ACTIVE, NOT_LISTED);
  private static final Map<Metric, String> SEEN = new ConcurrentHashMap<>();
  private static final Map<Metric, String> OFFSETS = new ConcurrentHashMap<>();

  /** Connections that all readers should hold. */
  static long connections() {
    return sum(CONNECTIONS);
  }

  /** Connections on which data came since they were made. */
  static long active() {
    return sum(ACTIVE);
  }

  /** Symbols that are left out because their venue does not list them. */
  static long notListed() {
    return sum(NOT_LISTED);
  }

  /** Whether every connection that is wanted has data, and each venue has one. */
  static boolean allConnected(int venues) {
    return connections() >= venues && active() == connections();
  }

  /** By how many milliseconds each venue's clock is ahead of ours, by venue. */
  static SortedMap<String, Long> clockOffsets() {
    SortedMap<String, Long> offsets = new TreeMap<>();
    OFFSETS.forEach((gauge, venue) -> offsets.put(venue, value(gauge)));
    return offsets;
  }

  private static long sum(String name) {
    return SEEN.entrySet().stream()
        .filter(seen -> seen.getValue().equals(name))
        .mapToLong(seen -> value(seen.getKey()))
        .sum();
  }

  private static long value(Metric metric) {
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
    if (NAMES.contains(name)) {
      SEEN.put(metric, name);
    } else if (name.equals(CLOCK_OFFSET)) {
      OFFSETS.put(metric, group.getAllVariables().getOrDefault("<venue>", "unknown"));
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    SEEN.remove(metric);
    OFFSETS.remove(metric);
  }
}
