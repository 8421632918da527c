package dev.candles.job.backfill;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.Recheck;
import dev.candles.core.time.MarketClock;
import dev.candles.job.operator.RouteFunction;
import dev.candles.sources.transport.RestClient;
import dev.candles.sources.venue.Market;
import dev.candles.sources.venue.RestQuery;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs the gaps of a venue by REST, in the background: an element only becomes state, a timer
 * sends requests within the venue's budget and takes in answers. A gap is held until each of its
 * intervals has a proof. Requests in flight are not state: after a restore they are asked again.
 */
public final class BackfillFunction extends KeyedProcessFunction<String, RepairEvent, LedgerEvent>
    implements CheckpointedFunction {
  private static final Logger LOG = LoggerFactory.getLogger(BackfillFunction.class);

  /** Stream-days written per checkpoint, all timeframes together: each holds a Parquet writer. */
  private static final int STREAM_DAYS_PER_CHECKPOINT = 200;

  private static final long TICK_REAL_MS = 100;

  private final Map<String, VenueSettings> venues;
  private final MarketClock clock;
  private final int daysPerCheckpoint;

  private transient BackfillState state;
  private transient Map<String, VenueDesk> desks;
  private transient Set<String> daysThisCheckpoint;

  /**
   * For some venues.
   *
   * @param timeframes number of timeframes that are written per market
   */
  public BackfillFunction(List<VenueSettings> venues, MarketClock clock, int timeframes) {
    this.venues = new HashMap<>();
    venues.forEach(v -> this.venues.put(v.name(), v));
    this.clock = clock;
    this.daysPerCheckpoint = Math.max(4, STREAM_DAYS_PER_CHECKPOINT / Math.max(1, timeframes));
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
    VenueDesk desk = desk(event.venue(), context);
    if (event.kind() == RepairEvent.Kind.LINK) {
      return; // venue health takes these in once it is there
    }
    StreamKey stream = Objects.requireNonNull(event.stream());
    switch (event.kind()) {
      case ANNOUNCED -> announced(desk, stream, event, out);
      case GAP -> more(desk, stream, Intervals.fromArray(event.missing()), event.reason(), out);
      case RECHECK -> {
        Recheck question = Recheck.fresh(stream, event.fromMs(), event.toMs(), event.candidate());
        if (state.recheck(question.key()) == null) {
          state.put(question);
          desk.schedule(question);
        }
      }
      case LINK -> throw new IllegalStateException("handled above");
    }
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
            new RestClient(name, settings.rest()),
            now(context));
    for (OpenGap gap : state.gaps()) {
      desk.daysOf(gap.stream()).add(gap.dayMs());
    }
    desks.put(name, desk);
    return desk;
  }

  /** The lake wins: what it holds is no gap, what it lacks is one. */
  private void announced(
      VenueDesk desk, StreamKey stream, RepairEvent event, Collector<LedgerEvent> out)
      throws Exception {
    Intervals missing = Intervals.fromArray(event.missing());
    Intervals givenUp = Intervals.fromArray(event.givenUp());
    for (long day : new TreeSet<>(desk.daysOf(stream))) {
      String key = OpenGap.key(stream, day);
      OpenGap held = Objects.requireNonNull(state.gap(key), key);
      Intervals still = held.open().intersect(held.givenUp() ? givenUp : missing);
      if (still.isEmpty()) {
        drop(desk, held);
      } else {
        keep(desk, held.withOpen(still));
      }
    }
    desk.announced.put(
        stream.id(), new Market(stream.symbol(), event.venueSymbol(), event.listedAtMs()));
    for (Recheck question : state.rechecks()) {
      if (question.stream().equals(stream)) {
        desk.schedule(question);
      }
    }
    more(desk, stream, missing, event.reason(), out);
    for (Map.Entry<Long, Intervals> day : byDay(givenUp).entrySet()) {
      OpenGap held = state.gap(OpenGap.key(stream, day.getKey()));
      keep(
          desk,
          held == null
              ? OpenGap.givenUp(stream, day.getKey(), day.getValue(), 0)
              : held.withOpen(held.open().union(day.getValue())));
    }
  }

  private void more(
      VenueDesk desk,
      StreamKey stream,
      Intervals missing,
      Reason reason,
      Collector<LedgerEvent> out)
      throws Exception {
    Intervals news = Intervals.empty();
    boolean goesOn = false;
    for (Map.Entry<Long, Intervals> day : byDay(missing).entrySet()) {
      OpenGap held = state.gap(OpenGap.key(stream, day.getKey()));
      if (held == null) {
        keep(desk, OpenGap.fresh(stream, day.getKey(), day.getValue(), reason));
        news = news.union(day.getValue());
      } else {
        Intervals added = day.getValue().minus(held.open());
        goesOn |= held.open().contains(day.getValue().from(0) - 1);
        news = news.union(added);
        keep(desk, held.withOpen(held.open().union(day.getValue())));
      }
    }
    for (int i = 0; i < news.count(); i++) {
      out.collect(LedgerEvent.missing(stream, news.from(i), news.to(i), reason));
    }
    if (!news.isEmpty() && !goesOn) {
      LOG.info(
          "event=gap_detected stream={} gap_minutes={} from_ms={} to_ms={} reason={}",
          stream,
          news.length() / Timeframe.BASE.millis(),
          news.from(0),
          news.to(news.count() - 1),
          reason);
    }
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
            state, desk, now(context), r -> context.output(RouteFunction.REJECTS, r), out);
    for (VenueDesk.Answer answer = desk.nextAnswer(); answer != null; answer = desk.nextAnswer()) {
      answers.take(answer);
    }
    send(desk, now(context));
    long now = now(context);
    long real = context.timerService().currentProcessingTime();
    if (desk.isBusy() || desk.work.hasDue(now)) {
      arm(desk, context, real + TICK_REAL_MS);
    } else if (desk.work.nextDueMs().isPresent()) {
      arm(
          desk,
          context,
          Math.max(real + TICK_REAL_MS, clock.realAt(desk.work.nextDueMs().getAsLong())));
    }
  }

  private void send(VenueDesk desk, long nowMs) throws Exception {
    while (desk.mayAsk(nowMs)) {
      WorkQueue.Work item = desk.work.take(nowMs, w -> mayWrite(w) && !desk.isAsking(w));
      if (item == null) {
        return;
      }
      boolean sent = item.recheck() ? askAgain(desk, item, nowMs) : askPage(desk, item, nowMs);
      if (!sent) {
        desk.work.put(item);
        return;
      }
    }
  }

  private boolean mayWrite(WorkQueue.Work item) {
    return item.recheck()
        || daysThisCheckpoint.contains(item.key())
        || daysThisCheckpoint.size() < daysPerCheckpoint;
  }

  private boolean askPage(VenueDesk desk, WorkQueue.Work item, long nowMs) throws Exception {
    OpenGap gap = state.gap(item.key());
    if (gap == null) {
      return true; // settled meanwhile
    }
    Market market = Objects.requireNonNull(desk.announced.get(gap.stream().id()));
    Optional<OpenGap.Page> page =
        gap.nextPage(desk.settings.profile().pageRows(), desk.settledToMs(nowMs));
    if (page.isEmpty()) {
      throw new IllegalStateException("no page of a gap that is due: " + gap);
    }
    RestQuery query =
        desk.venue.candles(
            gap.stream(), market, page.get().askFromMs(), page.get().askToMs(), nowMs);
    if (!desk.ask(item, page.get(), query, nowMs)) {
      return false;
    }
    daysThisCheckpoint.add(item.key());
    if (desk.begin(item.key())) {
      LOG.info(
          "event=backfill_start stream={} minutes={} attempt={}",
          gap.stream(),
          gap.open().length() / Timeframe.BASE.millis(),
          gap.attempts() + 1);
    }
    return true;
  }

  private boolean askAgain(VenueDesk desk, WorkQueue.Work item, long nowMs) throws Exception {
    Recheck question = state.recheck(item.key());
    if (question == null) {
      return true;
    }
    Market market = Objects.requireNonNull(desk.announced.get(question.stream().id()));
    Intervals range = question.range(desk.settings.profile().pageRows());
    RestQuery query =
        desk.venue.candles(question.stream(), market, range.from(0), range.to(0), nowMs);
    return desk.ask(item, null, query, nowMs);
  }

  private void keep(VenueDesk desk, OpenGap gap) throws Exception {
    state.put(gap);
    desk.daysOf(gap.stream()).add(gap.dayMs());
    desk.schedule(gap);
  }

  private void drop(VenueDesk desk, OpenGap gap) throws Exception {
    state.removeGap(gap.key());
    desk.daysOf(gap.stream()).remove(gap.dayMs());
    desk.work.remove(gap.key(), false);
  }

  private static Map<Long, Intervals> byDay(Intervals intervals) {
    Map<Long, Intervals> days = new TreeMap<>();
    for (int i = 0; i < intervals.count(); i++) {
      long last = intervals.to(i) - 1;
      for (long day = DayCoverage.dayOf(intervals.from(i));
          day <= last;
          day += Timeframe.D1.millis()) {
        Intervals part =
            Intervals.of(
                Math.max(day, intervals.from(i)),
                Math.min(day + Timeframe.D1.millis(), intervals.to(i)));
        days.merge(day, part, Intervals::union);
      }
    }
    return days;
  }

  private static void arm(VenueDesk desk, Context context, long realMs) {
    if (desk.needsTimer(realMs, context.timerService().currentProcessingTime())) {
      context.timerService().registerProcessingTimeTimer(realMs);
    }
  }

  private long now(Context context) {
    return clock.marketAt(context.timerService().currentProcessingTime());
  }
}
