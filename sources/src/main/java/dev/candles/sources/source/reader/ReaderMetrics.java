package dev.candles.sources.source.reader;

import dev.candles.core.finality.TradeAnomaly;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What a reader counts. Gauges are read by Flink's reporters, hence the volatile fields. */
final class ReaderMetrics {
  final Counter frames;
  final Counter rejects;
  final Counter untimely;
  final Counter reconnects;
  final Counter overflows;
  private final Map<TradeAnomaly, Counter> oddities = new EnumMap<>(TradeAnomaly.class);
  private volatile int queued;
  private volatile int connections;
  private volatile int active;
  private volatile long clockOffsetMs;

  ReaderMetrics(MetricGroup group, String venue) {
    frames = group.counter("frames");
    rejects = group.counter("rejects");
    untimely = group.counter("rejectsOfTime");
    reconnects = group.counter("reconnects");
    overflows = group.counter("queueOverflows");
    for (TradeAnomaly oddity : TradeAnomaly.values()) {
      oddities.put(
          oddity, group.addGroup("trades").counter(oddity.name().toLowerCase(Locale.ROOT)));
    }
    group.gauge("queuedFrames", (Gauge<Integer>) () -> queued);
    group.gauge("connections", (Gauge<Integer>) () -> connections);
    group.gauge("connectionsActive", (Gauge<Integer>) () -> active);
    group.addGroup("venue", venue).gauge("clockOffsetMs", (Gauge<Long>) () -> clockOffsetMs);
  }

  void odd(TradeAnomaly oddity) {
    Objects.requireNonNull(oddities.get(oddity)).inc();
  }

  void queued(int count) {
    queued = count;
  }

  /** The venue's clock minus ours, market milliseconds. */
  void clockOffset(long offsetMs) {
    clockOffsetMs = offsetMs;
  }

  /** Connections that this reader should hold, and those on which data comes. */
  void connections(int wanted, int withData) {
    connections = wanted;
    active = withData;
  }
}
