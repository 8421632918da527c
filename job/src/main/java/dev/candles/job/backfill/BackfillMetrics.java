package dev.candles.job.backfill;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.feed.Reject;
import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.repair.RepairPlanner;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.metrics.CollectorMetric;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the repair of a venue counts. Gauges are read by Flink's reporters. */
final class BackfillMetrics {
  private final MetricGroup group;
  private final Counter requests;
  private final Counter waits;
  private final Map<FailureReason, Counter> failures = new EnumMap<>(FailureReason.class);
  private final Map<RejectReason, Counter> rejects = new EnumMap<>(RejectReason.class);
  private volatile int open;
  private volatile int secondReads;
  private volatile long nextMs;

  BackfillMetrics(MetricGroup operator, String venue) {
    group = CollectorMetric.venue(operator, venue);
    requests = CollectorMetric.REPAIR_REQUESTS.counter(group);
    waits = CollectorMetric.REPAIR_WAITS.counter(group);
    for (FailureReason reason : FailureReason.values()) {
      failures.put(reason, CollectorMetric.REPAIR_FAILURES.counter(group, reason.word()));
    }
    for (RejectReason reason : RejectReason.values()) {
      String word = reason.name().toLowerCase(Locale.ROOT);
      rejects.put(reason, CollectorMetric.REJECTS.counter(group, word));
    }
    CollectorMetric.MEASURED_MS.gauge(group, System::currentTimeMillis);
    CollectorMetric.REPAIRS_OPEN.gauge(group, () -> open);
    CollectorMetric.SECOND_READS_OPEN.gauge(group, () -> secondReads);
    CollectorMetric.NEXT_REPAIR_MS.gauge(group, () -> nextMs);
  }

  /** Shows what is left of each budget. */
  void budgets(Set<String> names, RepairPlanner planner, MarketClock clock) {
    for (String name : names) {
      CollectorMetric.BUDGET_LEFT.gauge(
          group, name, () -> planner.budgetLeft(name, clock.marketAt(System.currentTimeMillis())));
    }
  }

  void sent() {
    requests.inc();
  }

  void answered(List<HealthSignal> signals) {
    for (HealthSignal signal : signals) {
      if (signal.failure() != null) {
        Objects.requireNonNull(failures.get(signal.failure())).inc();
      }
    }
  }

  void rejected(List<Reject> rows) {
    rows.forEach(row -> Objects.requireNonNull(rejects.get(row.reason())).inc());
  }

  /** How far the planner is. */
  void planned(RepairPlanner planner, long ourMs) {
    open = planner.open();
    secondReads = planner.secondReads();
    nextMs = planner.nextRepairMs(ourMs).orElse(0);
    waits.inc(planner.waits() - waits.getCount());
  }
}
