package dev.candles.cli.embedded;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * All metrics of this JVM, which holds one collector, as Prometheus reads them. Names and labels
 * are those of Flink's own reporter, so that dashboards and rules fit both; that one listens on
 * every address of the machine.
 */
public final class PrometheusText implements MetricReporter {
  private static final double[] QUANTILES = {0.5, 0.75, 0.95, 0.98, 0.99, 0.999};
  private static final Map<Series, Metric> SEEN = new ConcurrentSkipListMap<>();

  /**
   * What Prometheus keeps one by one.
   *
   * @param labels as they are written, each with a comma behind it
   */
  private record Series(String name, String labels) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      int names = name.compareTo(other.name);
      return names == 0 ? labels.compareTo(other.labels) : names;
    }
  }

  /** All of them, as they are now. */
  public static String text() {
    StringBuilder text = new StringBuilder();
    String family = "";
    for (Map.Entry<Series, Metric> seen : SEEN.entrySet()) {
      Series series = seen.getKey();
      Metric metric = seen.getValue();
      if (!series.name().equals(family)) {
        family = series.name();
        String type = metric instanceof Histogram ? "summary" : "gauge";
        text.append("# TYPE ").append(family).append(' ').append(type).append('\n');
      }
      if (metric instanceof Histogram histogram) {
        summary(text, series, histogram);
      } else {
        line(text, series.name(), series.labels(), value(metric));
      }
    }
    return text.toString();
  }

  private static void summary(StringBuilder text, Series series, Histogram histogram) {
    HistogramStatistics statistics = histogram.getStatistics();
    for (double quantile : QUANTILES) {
      String labels = series.labels() + "quantile=\"" + quantile + "\",";
      line(text, series.name(), labels, statistics.getQuantile(quantile));
    }
    line(text, series.name() + "_count", series.labels(), (double) histogram.getCount());
  }

  private static void line(StringBuilder text, String name, String labels, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(written(value)).append('\n');
  }

  private static String written(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }

  /** As Flink's reporter has it; what is no number is none. */
  private static double value(Metric metric) {
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    if (metric instanceof Meter meter) {
      return meter.getRate();
    }
    Object value = metric instanceof Gauge<?> gauge ? gauge.getValue() : null;
    if (value instanceof Boolean yes) {
      return yes ? 1 : 0;
    }
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  private static Series series(String name, MetricGroup group) {
    String scope =
        LogicalScopeProvider.castFrom(group).getLogicalScope(PrometheusText::allowed, '_');
    Map<String, String> labels = new TreeMap<>();
    group
        .getAllVariables()
        .forEach((key, value) -> labels.put(allowed(key.substring(1, key.length() - 1)), value));
    return new Series(
        "flink_" + scope + "_" + allowed(name),
        labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\",")
            .collect(Collectors.joining()));
  }

  private static String allowed(String name) {
    return name.replaceAll("[^a-zA-Z0-9:_]", "_");
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    SEEN.put(series(name, group), metric);
  }

  /** Of two with one name the later one counts, whichever goes first. */
  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    SEEN.remove(series(name, group), metric);
  }
}
