package dev.candles.job.backfill;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.time.MarketClock;
import dev.candles.job.operator.RouteFunction;
import dev.candles.job.operator.Tags;
import dev.candles.sources.transport.RestClient;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Repairs the gaps of a venue by REST, in the background: an element only becomes state, a timer
 * sends requests within the venue's budget and takes in answers. A gap is held until each of its
 * intervals has a proof. Requests in flight are not state: after a restore they are asked again.
 */
public final class BackfillFunction extends KeyedProcessFunction<String, RepairEvent, LedgerEvent>
    implements CheckpointedFunction {
  /** The venue's own larger candles where minutes are given up, to the larger streams' ledger. */
  public static final OutputTag<LedgerEvent> NATIVES = Tags.of("natives", LedgerEvent.class);

  /** Stream-days written per checkpoint, all timeframes together: each holds a Parquet writer. */
  private static final int STREAM_DAYS_PER_CHECKPOINT = 200;

  /** How often answers that are awaited are looked for. */
  private static final long TICK_REAL_MS = 20;

  /** How often is looked whether a checkpoint lets more stream-days be written. */
  private static final long HELD_REAL_MS = 100;

  private final Map<String, VenueSettings> venues;
  private final MarketClock clock;
  private final List<Timeframe> timeframes;
  private final int daysPerCheckpoint;

  private transient BackfillState state;
  private transient Map<String, VenueDesk> desks;
  private transient Set<String> daysThisCheckpoint;

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
  public void open(OpenContext context) {
    state = new BackfillState(getRuntimeContext());
    desks = new HashMap<>();
    daysThisCheckpoint = new HashSet<>();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    // all state is keyed; only the end of a checkpoint matters here
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    daysThisCheckpoint.clear();
  }

  @Override
  public void close() {
    if (desks != null) {
      desks.values().forEach(VenueDesk::close);
    }
  }

  @Override
  public void processElement(RepairEvent event, Context context, Collector<LedgerEvent> out)
      throws Exception {
    if (event.kind() == RepairEvent.Kind.LINK) {
      return; // venue health takes these in once it is there
    }
    VenueDesk desk = desk(event.venue(), context);
    new GapBook(state, desk, out).take(event);
    arm(desk, context, context.timerService().currentProcessingTime() + 1);
  }

  /** The desk of a venue; its work is built from keyed state at the first touch of an attempt. */
  private VenueDesk desk(String name, Context context) throws Exception {
    VenueDesk known = desks.get(name);
    if (known != null) {
      return known;
    }
    VenueSettings settings = Objects.requireNonNull(venues.get(name), name);
    VenueDesk desk =
        new VenueDesk(
            Venues.byName(name).orElseThrow(),
            settings,
            timeframes,
            new RestClient(name, settings.rest()),
            clock,
            our(context));
    for (OpenGap gap : state.gaps()) {
      desk.daysOf(gap.stream()).add(gap.dayMs());
    }
    desks.put(name, desk);
    return desk;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LedgerEvent> out)
      throws Exception {
    if (!venues.containsKey(context.getCurrentKey())) {
      return; // its venue left the configuration, its timers did not
    }
    VenueDesk desk = desk(context.getCurrentKey(), context);
    AnswerDesk answers =
        new AnswerDesk(
            state,
            desk,
            our(context),
            r -> context.output(RouteFunction.REJECTS, r),
            event -> emit(event, context, out));
    for (VenueDesk.Answer answer = desk.nextAnswer(); answer != null; answer = desk.nextAnswer()) {
      answers.take(answer);
    }
    new AskDesk(state, desk, daysThisCheckpoint, daysPerCheckpoint).send(our(context));
    armNext(desk, context);
  }

  /** Looks again soon only while answers are awaited, else when something can be sent. */
  private void armNext(VenueDesk desk, Context context) {
    long our = our(context);
    long now = desk.venueTime(our);
    long real = context.timerService().currentProcessingTime();
    if (desk.isBusy()) {
      arm(desk, context, real + TICK_REAL_MS);
    } else if (desk.work.hasDue(now) && desk.asksAgainMs() <= our) {
      arm(desk, context, real + HELD_REAL_MS);
    } else if (desk.work.size() > 0) {
      long dueMs = desk.work.hasDue(now) ? now : desk.work.nextDueMs().orElseThrow();
      long next = clock.realAt(Math.max(desk.ourTime(dueMs), desk.asksAgainMs()));
      arm(desk, context, Math.max(real + TICK_REAL_MS, next));
    }
  }

  private static void emit(LedgerEvent event, Context context, Collector<LedgerEvent> out) {
    if (event.stream().timeframe() == Timeframe.BASE) {
      out.collect(event);
    } else {
      context.output(NATIVES, event);
    }
  }

  private static void arm(VenueDesk desk, Context context, long realMs) {
    if (desk.needsTimer(realMs, context.timerService().currentProcessingTime())) {
      context.timerService().registerProcessingTimeTimer(realMs);
    }
  }

  private long our(Context context) {
    return clock.marketAt(context.timerService().currentProcessingTime());
  }
}
