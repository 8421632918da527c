package dev.candles.job.operator;

import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthNews;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.health.HealthState;
import dev.candles.core.health.KeptHealth;
import dev.candles.core.health.Part;
import dev.candles.core.health.Transition;
import dev.candles.core.health.Trouble;
import dev.candles.core.health.VenueHealth;
import dev.candles.core.state.StateValue;
import dev.candles.core.time.MarketClock;
import dev.candles.job.alert.Alert;
import dev.candles.job.alert.AlertDelivery;
import dev.candles.job.alert.HealthAlert;
import dev.candles.job.codec.Codecs;
import dev.candles.job.config.AlertConfig;
import dev.candles.job.config.HealthConfig;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.ToldAlerts;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the health of each venue, says how it stands, and has people told of its changes; decides
 * nothing ({@link VenueHealth}).
 *
 * <ol>
 *   <li>A change is kept in state, untold.
 *   <li>People are told of it once a checkpoint that holds it is complete, so that no restart takes
 *       it back; or after {@link #HOLD_REAL_MS}, because a disk that is full lets none complete.
 *   <li>It leaves the state once every target was told or given up. What a killed job left there is
 *       told by the next one, but to nobody who was: that is noted in the lake.
 *   <li>A state that was lost, or is older than that note, knows no outage that people do: they are
 *       told of its end.
 * </ol>
 */
public final class HealthFunction extends KeyedProcessFunction<String, HealthSignal, HealthNews>
    implements CheckpointedFunction, CheckpointListener, ResultTypeQueryable<HealthNews> {
  private static final Logger LOG = LoggerFactory.getLogger(HealthFunction.class);

  /** Real time after which people are told of a change that is in no complete checkpoint yet. */
  static final long HOLD_REAL_MS = 60_000;

  private static final long LONGEST_TICK_REAL_MS = 30_000;
  private static final long SHORTEST_TICK_REAL_MS = 1_000;

  private final HealthConfig config;
  private final List<String> configured;
  private final AlertConfig alerts;
  private final MarketClock clock;
  private final String lake;

  private transient StateValue<byte[]> state;
  private transient Map<String, HeldHealth> venues;
  private transient AlertDelivery delivery;

  /**
   * @param configured the venues that are collected; of others, which a savepoint may know, nothing
   *     is told
   * @param lake the lake's folder, where is noted what was told
   */
  public HealthFunction(
      List<String> configured,
      HealthConfig config,
      AlertConfig alerts,
      MarketClock clock,
      String lake) {
    this.configured = List.copyOf(configured);
    this.config = config;
    this.alerts = alerts;
    this.clock = clock;
    this.lake = lake;
  }

  @Override
  public TypeInformation<HealthNews> getProducedType() {
    return Codecs.HEALTH_NEWS.information();
  }

  @Override
  public void open(OpenContext context) {
    state = KeyedStores.health(getRuntimeContext());
    venues = new HashMap<>();
    LongSupplier nowMs = () -> clock.marketAt(System.currentTimeMillis());
    delivery = AlertDelivery.of(alerts, new ToldAlerts(new LakeLayout(Path.of(lake)), nowMs));
  }

  @Override
  public void close() {
    if (delivery != null) {
      delivery.close();
    }
  }

  @Override
  public void processElement(HealthSignal signal, Context context, Collector<HealthNews> out) {
    HeldHealth venue = venue(context.getCurrentKey(), context);
    venue.errors.take(signal);
    changed(venue, venue.health.take(signal), context, out);
    long realMs = context.timerService().currentProcessingTime();
    venue.timers.arm(context.timerService(), realMs + tickRealMs());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<HealthNews> out) {
    if (!configured.contains(context.getCurrentKey())) {
      state.put(null);
      return;
    }
    HeldHealth venue = venue(context.getCurrentKey(), context);
    long realMs = context.timerService().currentProcessingTime();
    changed(venue, venue.health.tick(clock.marketAt(realMs)), context, out);
    venue.tellThoseBefore(realMs - HOLD_REAL_MS, this::tell);
    venue.timers.fired(timestamp);
    venue.timers.armAgain(context.timerService(), timestamp, realMs + tickRealMs());
  }

  private long tickRealMs() {
    long realMs = clock.realDuration(VenueHealth.QUIET_MS);
    return Math.max(SHORTEST_TICK_REAL_MS, Math.min(LONGEST_TICK_REAL_MS, realMs));
  }

  private void changed(
      HeldHealth venue, Optional<Transition> change, Context context, Collector<HealthNews> out) {
    long realMs = context.timerService().currentProcessingTime();
    change.ifPresent(transition -> venue.add(transition, realMs));
    venue.keepIn(state);
    venue.news().ifPresent(out::collect);
    if (venue.isHealthyWithoutAWord()) {
      tellTheEnd(context.getCurrentKey(), clock.marketAt(realMs));
    }
  }

  private void tellTheEnd(String venue, long nowMs) {
    try {
      Set<String> words = delivery.lastWords(venue);
      for (HealthState from : List.of(HealthState.DOWN, HealthState.DEGRADED)) {
        if (words.contains(from.name())) {
          var unused = tell(HealthAlert.ended(venue, from, nowMs, config.rules()));
          return;
        }
      }
    } catch (IOException e) {
      LOG.warn("event=alert_mark_unreadable id={} error={}", venue, LogValue.of(e));
    }
  }

  /** The health of a venue, from keyed state at the first touch of an attempt. */
  private HeldHealth venue(String name, Context context) {
    return venues.computeIfAbsent(
        name,
        n -> {
          byte[] kept = state.get();
          long nowMs = clock.marketAt(context.timerService().currentProcessingTime());
          KeptHealth begun = kept == null ? KeptHealth.fresh(nowMs) : read(n, kept, nowMs);
          HeldHealth held = new HeldHealth(n, config.rules(), begun);
          show(held, CollectorMetric.venue(getRuntimeContext().getMetricGroup(), n));
          return held;
        });
  }

  private void show(HeldHealth held, MetricGroup group) {
    CollectorMetric.MEASURED_MS.gauge(group, System::currentTimeMillis);
    CollectorMetric.HEALTH.gauge(group, () -> held.state().level());
    CollectorMetric.HEALTH_SINCE_MS.gauge(group, () -> held.shown().sinceMs());
    CollectorMetric.TROUBLE_SINCE_MS.gauge(group, () -> held.shown().troubleSinceMs());
    for (FailureReason reason : FailureReason.values()) {
      CollectorMetric.HEALTH_FAILURES.gauge(
          group, reason.word(), () -> held.shown().failures(reason));
    }
    for (Part part : Part.values()) {
      CollectorMetric.FAILS_SINCE_MS.gauge(group, part.word(), () -> held.failsSinceMs(part));
      CollectorMetric.PAST_TROUBLE_FROM_MS.gauge(
          group, part.word(), () -> ofPast(held, part, Trouble::fromMs));
      CollectorMetric.PAST_TROUBLE_UNTIL_MS.gauge(
          group, part.word(), () -> ofPast(held, part, Trouble::untilMs));
    }
    CollectorMetric.ERROR_RATE_PERCENT.gauge(
        group, () -> held.errors.percent(clock.marketAt(System.currentTimeMillis())));
  }

  private static long ofPast(HeldHealth held, Part part, ToLongFunction<Trouble> time) {
    Trouble past = held.shown().past();
    return past != null && past.has(part) ? time.applyAsLong(past) : 0;
  }

  /** Health watches: where it cannot be read it begins anew, and collecting goes on. */
  private static KeptHealth read(String venue, byte[] kept, long nowMs) {
    try {
      return Codecs.KEPT_HEALTH.of(kept);
    } catch (IOException e) {
      LOG.error("event=health_begins_anew venue={} error={}", venue, LogValue.of(e.getMessage()));
      return KeptHealth.fresh(nowMs);
    }
  }

  private CompletableFuture<Void> tell(Alert alert) {
    return delivery.tell(alert);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    // all state is keyed; only the end of a checkpoint matters here
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    venues.values().forEach(venue -> venue.inCheckpoint(context.getCheckpointId()));
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    venues.values().forEach(venue -> venue.tellThoseOf(checkpoint, this::tell));
  }
}
