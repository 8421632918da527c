package dev.candles.sources.source.reader;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What a reader counts. The gauge is read by Flink's reporters, hence the volatile field. */
final class ReaderMetrics {
  final Counter frames;
  final Counter rejects;
  final Counter reconnects;
  final Counter overflows;
  private volatile int queued;

  ReaderMetrics(MetricGroup group) {
    frames = group.counter("frames");
    rejects = group.counter("rejects");
    reconnects = group.counter("reconnects");
    overflows = group.counter("queueOverflows");
    group.gauge("queuedFrames", (Gauge<Integer>) () -> queued);
  }

  void queued(int count) {
    queued = count;
  }
}
