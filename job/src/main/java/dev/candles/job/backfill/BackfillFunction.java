package dev.candles.job.backfill;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.repair.RepairAnswer;
import dev.candles.core.repair.RepairEffects;
import dev.candles.core.repair.RepairLog;
import dev.candles.core.repair.RepairPlanner;
import dev.candles.core.repair.RepairStore;
import dev.candles.core.repair.StreamDayQuota;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.VenueClock;
import dev.candles.job.codec.Codecs;
import dev.candles.job.operator.RouteFunction;
import dev.candles.job.operator.Tags;
import dev.candles.job.operator.TimerChain;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs the gaps of a venue by REST, in the background: an element only becomes state, a timer
 * sends requests within the venue's budget and takes in answers. What is asked and what an answer
 * means is decided by {@link RepairPlanner}; here are its state, its timers, its client and its
 * log. Requests in flight are not state: after a restore they are asked again.
 */
public final class BackfillFunction extends KeyedProcessFunction<String, RepairEvent, LedgerEvent>
    implements CheckpointedFunction, ResultTypeQueryable<LedgerEvent> {
  /** The venue's own larger candles where minutes are given up, to the larger streams' ledger. */
  public static final OutputTag<LedgerEvent> NATIVES = Tags.of("natives", Codecs.LEDGER);

  /** How the venue answers, to its health. */
  public static final OutputTag<HealthSignal> HEALTH = Tags.of("health", Codecs.HEALTH);

  /** Stream-days written per checkpoint, all timeframes together: each holds a Parquet writer. */
  private static final int STREAM_DAYS_PER_CHECKPOINT = 200;

  /** How often answers that are awaited are looked for. */
  private static final long TICK_REAL_MS = 20;

  /** How often is looked whether a checkpoint lets more stream-days be written. */
  private static final long HELD_REAL_MS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(BackfillFunction.class);

  /** The repair of one venue in this attempt. */
  private static final class Repair {
    final RepairPlanner planner;
    final VenueClient client;
    final BackfillMetrics metrics;
    final TimerChain timers = new TimerChain();

    Repair(RepairPlanner planner, VenueClient client, BackfillMetrics metrics) {
      this.planner = planner;
      this.client = client;
      this.metrics = metrics;
    }
  }

  private final Map<String, VenueSettings> venues;
  private final MarketClock clock;
  private final List<Timeframe> timeframes;
  private final int daysPerCheckpoint;

  private transient RepairStore store;
  private transient Map<String, Repair> repairs;
  private transient StreamDayQuota days;

  /**
   * For some venues.
   *
   * @param timeframes those that are written per market
   */
  public BackfillFunction(
      List<VenueSettings> venues, MarketClock clock, List<Timeframe> timeframes) {
    this.venues = new HashMap<>();
    venues.forEach(v -> this.venues.put(v.name(), v));
    this.clock = clock;
    this.daysPerCheckpoint =
        Math.max(4, STREAM_DAYS_PER_CHECKPOINT / Math.max(1, timeframes.size()));
    this.timeframes = List.copyOf(timeframes);
  }

  @Override
  public TypeInformation<LedgerEvent> getProducedType() {
    return Codecs.LEDGER.information();
  }

  @Override
  public void open(OpenContext context) {
    store = new KeyedRepairStore(getRuntimeContext());
    repairs = new HashMap<>();
    days = new StreamDayQuota(daysPerCheckpoint);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    // all state is keyed; only the end of a checkpoint matters here
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    days.renew();
  }

  @Override
  public void close() {
    if (repairs != null) {
      repairs.values().forEach(repair -> repair.client.close());
    }
  }

  @Override
  public void processElement(RepairEvent event, Context context, Collector<LedgerEvent> out) {
    Repair repair = repair(event.stream().venue(), context);
    emit(repair.planner.take(event), context, out);
    repair.metrics.planned(repair.planner, our(context));
    repair.timers.armNow(context.timerService());
  }

  /** The repair of a venue; its work is built from keyed state at the first touch of an attempt. */
  private Repair repair(String name, Context context) {
    Repair known = repairs.get(name);
    if (known != null) {
      return known;
    }
    VenueSettings settings = Objects.requireNonNull(venues.get(name), name);
    var metrics = new BackfillMetrics(getRuntimeContext().getMetricGroup(), name);
    VenueClient client =
        new VenueClient(Venues.byName(name).orElseThrow(), settings, timeframes, clock, metrics);
    VenueClock venueClock = new VenueClock(clock.deadline(0));
    var planner = new RepairPlanner(client, store, BackfillFunction::log, venueClock, our(context));
    metrics.budgets(client.profile().budgets().keySet(), planner, clock);
    Repair repair = new Repair(planner, client, metrics);
    repairs.put(name, repair);
    return repair;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LedgerEvent> out) {
    if (!venues.containsKey(context.getCurrentKey())) {
      return; // its venue left the configuration, its timers did not
    }
    Repair repair = repair(context.getCurrentKey(), context);
    repair.timers.fired(timestamp);
    long our = our(context);
    for (RepairAnswer answer = repair.client.poll();
        answer != null;
        answer = repair.client.poll()) {
      RepairEffects effects = repair.planner.answered(answer, our);
      repair.metrics.answered(effects.health());
      emit(effects, context, out);
    }
    repair.planner.requests(days, our(context)).forEach(repair.client::send);
    repair.metrics.planned(repair.planner, our(context));
    armNext(repair, timestamp, context);
  }

  /** Looks again soon only while answers are awaited, else when something can be sent. */
  private void armNext(Repair repair, long firedMs, Context context) {
    TimerService timers = context.timerService();
    long real = timers.currentProcessingTime();
    RepairPlanner.Wake wake = repair.planner.wake(our(context));
    switch (wake.waitsFor()) {
      case ANSWERS -> repair.timers.armAgain(timers, firedMs, real + TICK_REAL_MS);
      case QUOTA -> repair.timers.armAgain(timers, firedMs, real + HELD_REAL_MS);
      case TIME ->
          repair.timers.armAgain(
              timers, firedMs, Math.max(real + TICK_REAL_MS, clock.realAt(wake.ourMs())));
      case NEWS -> {}
    }
  }

  private static void emit(RepairEffects effects, Context context, Collector<LedgerEvent> out) {
    effects.rejects().forEach(reject -> context.output(RouteFunction.REJECTS, reject));
    effects.health().forEach(signal -> context.output(HEALTH, signal));
    for (LedgerEvent event : effects.ledger()) {
      if (event.stream().timeframe() == Timeframe.BASE) {
        out.collect(event);
      } else {
        context.output(NATIVES, event);
      }
    }
  }

  private static void log(RepairLog.Level level, String pattern, Object... values) {
    switch (level) {
      case INFO -> LOG.info(pattern, values);
      case WARN -> LOG.warn(pattern, values);
      case ERROR -> LOG.error(pattern, values);
    }
  }

  private long our(Context context) {
    return clock.marketAt(context.timerService().currentProcessingTime());
  }
}
