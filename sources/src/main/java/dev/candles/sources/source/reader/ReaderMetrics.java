package dev.candles.sources.source.reader;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.finality.TradeAnomaly;
import dev.candles.sources.metrics.CollectorMetric;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a reader counts. Gauges are read by Flink's reporters, hence the volatile fields. */
final class ReaderMetrics {
  final Counter frames;
  final Counter reconnects;
  final Counter overflows;
  private final Map<RejectReason, Counter> rejects = new EnumMap<>(RejectReason.class);
  private final Map<TradeAnomaly, Counter> oddities = new EnumMap<>(TradeAnomaly.class);
  private volatile int queued;
  private volatile int connections;
  private volatile int active;
  private volatile long nextConnectMs = CollectorMetric.NEVER_MS;
  private volatile long clockOffsetMs;

  ReaderMetrics(MetricGroup operator, String venue) {
    MetricGroup group = CollectorMetric.venue(operator, venue);
    frames = CollectorMetric.FRAMES.counter(group);
    reconnects = CollectorMetric.RECONNECTS.counter(group);
    overflows = CollectorMetric.QUEUE_OVERFLOWS.counter(group);
    for (RejectReason reason : RejectReason.values()) {
      rejects.put(reason, CollectorMetric.REJECTS.counter(group, word(reason)));
    }
    for (TradeAnomaly oddity : TradeAnomaly.values()) {
      oddities.put(oddity, CollectorMetric.TRADE_ANOMALIES.counter(group, word(oddity)));
    }
    CollectorMetric.MEASURED_MS.gauge(group, System::currentTimeMillis);
    CollectorMetric.QUEUED_FRAMES.gauge(group, () -> queued);
    CollectorMetric.CONNECTIONS.gauge(group, () -> connections);
    CollectorMetric.CONNECTIONS_ACTIVE.gauge(group, () -> active);
    CollectorMetric.NEXT_CONNECT_MS.gauge(group, () -> nextConnectMs);
    CollectorMetric.CLOCK_OFFSET_MS.gauge(group, () -> clockOffsetMs);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  void rejected(RejectReason reason) {
    Objects.requireNonNull(rejects.get(reason)).inc();
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

  /**
   * Connections that this reader should hold, made yet or not, and those that are live: data came,
   * or none need come.
   *
   * @param nextMs when the next of the others is tried, market time, epoch ms; {@link
   *     CollectorMetric#NEVER_MS} if there is none
   */
  void connections(int wanted, int live, long nextMs) {
    connections = wanted;
    active = live;
    nextConnectMs = nextMs;
  }
}
