package dev.candles.sources.source.reader;

import dev.candles.sources.metrics.CollectorMetric;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

/** The one reader of a job that is not there. */
final class FakeReaderContext implements SourceReaderContext {
  static final String JOB = "0123456789abcdef0123456789abcdef";

  private final Map<String, Gauge<?>> gauges = new HashMap<>();

  /** What a gauge shows. */
  long gauge(CollectorMetric metric) {
    return ((Number) gauges.get(metric.label()).getValue()).longValue();
  }

  /** Keeps gauges by their name. */
  private final class Group extends UnregisteredMetricsGroup implements SourceReaderMetricGroup {
    private final SourceReaderMetricGroup none = createSourceReaderMetricGroup();

    @Override
    public MetricGroup addGroup(String name) {
      return this;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return this;
    }

    @Override
    public Map<String, String> getAllVariables() {
      return Map.of("<job_id>", JOB);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(name, gauge);
      return gauge;
    }

    @Override
    public OperatorIOMetricGroup getIOMetricGroup() {
      return none.getIOMetricGroup();
    }

    @Override
    public Counter getNumRecordsInErrorsCounter() {
      return none.getNumRecordsInErrorsCounter();
    }

    @Override
    public void setPendingBytesGauge(Gauge<Long> gauge) {
      // nothing is pending
    }

    @Override
    public void setPendingRecordsGauge(Gauge<Long> gauge) {
      // nothing is pending
    }
  }

  @Override
  public SourceReaderMetricGroup metricGroup() {
    return new Group();
  }

  @Override
  public Configuration getConfiguration() {
    return new Configuration();
  }

  @Override
  public String getLocalHostName() {
    return "localhost";
  }

  @Override
  public int getIndexOfSubtask() {
    return 0;
  }

  @Override
  public void sendSplitRequest() {}

  @Override
  public void sendSourceEventToCoordinator(SourceEvent event) {}

  @Override
  public UserCodeClassLoader getUserCodeClassLoader() {
    return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
  }
}
