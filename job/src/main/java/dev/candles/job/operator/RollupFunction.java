package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.rollup.Rollup;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.job.codec.Codecs;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link Rollup} per larger stream: an interval is folded when all of its base intervals are
 * final or proven empty, and again when one of them is revised.
 *
 * <p>State per stream: the base candles of intervals that ended within the last {@link
 * Retention#partsMs}, complete or not, and of older ones of which something was heard as lately. A
 * minute that changes later, or of an interval of which this attempt was never told, waits until
 * the lake holds it: then its interval is folded from there. So does an older interval that is not
 * complete when something is heard of it, as its other parts may be forgotten.
 */
public final class RollupFunction extends KeyedProcessFunction<String, RollupEvent, LedgerEvent>
    implements ResultTypeQueryable<LedgerEvent> {
  /** How long parts of an interval are kept, and late ones wait. */
  private static final Retention RETENTION = Retention.COLLECTOR;

  /** Intervals that are read from the lake at a time, which holds up the stream. */
  private static final int LATE_AT_ONCE = 10;

  /** History tells old intervals minute by minute: so often it is noted, market time. */
  private static final long HEARD_MS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(RollupFunction.class);

  private final MarketClock clock;
  private final LakeParts lake;
  private final long rereadMs;

  private transient RollupState state;
  private transient ListState<RollupEvent> parked;
  private transient Set<String> announced;
  private transient LakeLooks looks;

  /**
   * @param rereadMs how often the lake is looked at for late revisions (real milliseconds): there
   *     is no news in it sooner than after a checkpoint
   */
  public RollupFunction(MarketClock clock, LakeParts lake, long rereadMs) {
    this.clock = clock;
    this.lake = lake;
    this.rereadMs = rereadMs;
  }

  @Override
  public TypeInformation<LedgerEvent> getProducedType() {
    return Codecs.LEDGER.information();
  }

  @Override
  public void open(OpenContext context) {
    state = new RollupState(getRuntimeContext());
    parked =
        getRuntimeContext()
            .getListState(new ListStateDescriptor<>("parked", Codecs.ROLLUP.information()));
    announced = new HashSet<>();
    looks = new LakeLooks(rereadMs);
  }

  @Override
  public void processElement(RollupEvent event, Context context, Collector<LedgerEvent> out)
      throws Exception {
    if (event instanceof RollupEvent.Announced || announced.contains(event.stream().id())) {
      event.dispatch(new Taking(event.stream(), context, out));
    } else {
      parked.add(event);
    }
  }

  /** Takes what is told of one larger stream. */
  private final class Taking
      implements RollupEvent.Handler<Exception>, AcceptedEvent.Handler<Exception> {
    private final StreamKey larger;
    private final Context context;
    private final Collector<LedgerEvent> out;

    Taking(StreamKey larger, Context context, Collector<LedgerEvent> out) {
      this.larger = larger;
      this.context = context;
      this.out = out;
    }

    @Override
    public void announced(RollupEvent.Announced told) throws Exception {
      announced.add(larger.id());
      List<RollupEvent> held = new ArrayList<>();
      parked.get().forEach(held::add);
      parked.clear();
      for (RollupEvent waiting : held) {
        waiting.dispatch(this);
      }
      if (!state.isBlank()) {
        lookLater(context);
      }
    }

    @Override
    public void replay(ReplayedParts told) throws Exception {
      RollupFunction.this.replay(told, context, out);
    }

    @Override
    public void base(RollupEvent.Base told) throws Exception {
      told.accepted().dispatch(this);
    }

    @Override
    public void candle(LedgerEvent.Final told) throws Exception {
      RollupFunction.this.candle(larger, told.candle(), context, out);
    }

    @Override
    public void changed(AcceptedEvent.Changed told) throws Exception {
      RollupFunction.this.changed(larger, told.candle(), context, out);
    }

    @Override
    public void empty(LedgerEvent.Empty told) throws Exception {
      RollupFunction.this.empty(larger, told, context, out);
    }

    @Override
    public void missing(LedgerEvent.Missing told) {
      out.collect(new LedgerEvent.Missing(larger, fromMs(told), toMs(told), Reason.BASE));
    }

    @Override
    public void unrecoverable(LedgerEvent.Unrecoverable told) {
      out.collect(new LedgerEvent.Unrecoverable(larger, fromMs(told), toMs(told), Reason.BASE));
    }

    @Override
    public void filled(LedgerEvent.Filled told) {
      out.collect(new LedgerEvent.Filled(larger, fromMs(told), toMs(told), Evidence.ROLLUP));
    }

    private long fromMs(AcceptedEvent told) {
      return larger.timeframe().floor(told.fromMs());
    }

    private long toMs(AcceptedEvent told) {
      return larger.timeframe().ceil(told.toMs());
    }
  }

  private void candle(StreamKey larger, Candle part, Context context, Collector<LedgerEvent> out)
      throws Exception {
    long window = larger.timeframe().floor(part.openTimeMs());
    state.put(larger.timeframe(), part);
    foldOrKeep(larger, window, context, out);
  }

  /** What is not complete is dropped in the end; what is old already is looked for in the lake. */
  private void foldOrKeep(
      StreamKey larger, long window, Context context, Collector<LedgerEvent> out) throws Exception {
    if (foldIfComplete(larger, window, context, out)) {
      return;
    }
    long dropAt = dropAt(larger.timeframe(), window);
    if (dropAt > now(context)) {
      context.timerService().registerProcessingTimeTimer(dropAt);
      return;
    }
    if (!state.isAwaited(window)) { // nearly always the rest comes before the first look
      looks.inVain(larger.id(), window, now(context));
    }
    long nowMs = clock.marketAt(now(context));
    if (state.awaitedMs(window) < nowMs - HEARD_MS) {
      state.await(window, nowMs);
      lookLater(context);
    }
  }

  /** What the larger candle was made of may be forgotten, or was never told in this attempt. */
  private void changed(StreamKey larger, Candle part, Context context, Collector<LedgerEvent> out)
      throws Exception {
    Timeframe timeframe = larger.timeframe();
    long window = timeframe.floor(part.openTimeMs());
    boolean known = state.knows(window);
    boolean over = clock.realAt(window + timeframe.millis()) <= now(context);
    if (known || !over) {
      candle(larger, part, context, out);
    }
    if (over && (!known || (state.knows(window) && !state.isComplete(timeframe, window)))) {
      state.putLate(part);
      looks.forget(larger.id(), window);
      lookLater(context);
    }
  }

  private void empty(
      StreamKey larger, LedgerEvent.Empty base, Context context, Collector<LedgerEvent> out)
      throws Exception {
    Timeframe timeframe = larger.timeframe();
    for (long window = timeframe.floor(base.fromMs());
        window < base.toMs();
        window += timeframe.millis()) {
      Intervals part =
          Intervals.of(base.fromMs(), base.toMs())
              .intersect(Intervals.of(window, window + timeframe.millis()));
      state.putSilent(timeframe, part);
      foldOrKeep(larger, window, context, out);
    }
  }

  /**
   * Folds what the lake holds of one interval. Also where the lake holds the larger candle already:
   * if it missed a revision of a part, it is mended; else the ledger knows it. What is old and not
   * complete is not kept.
   */
  private void replay(ReplayedParts event, Context context, Collector<LedgerEvent> out)
      throws Exception {
    StreamKey larger = event.stream();
    long window = event.openTimeMs();
    for (Candle part : event.base()) {
      state.put(larger.timeframe(), part);
    }
    for (Candle part : state.late(larger.timeframe()).getOrDefault(window, List.of())) {
      state.put(larger.timeframe(), part); // revised since the lake was read
    }
    state.putSilent(larger.timeframe(), Intervals.fromArray(event.silent()));
    if (dropAt(larger.timeframe(), window) > now(context)) {
      foldOrKeep(larger, window, context, out);
    } else if (!foldIfComplete(larger, window, context, out) && !state.isAwaited(window)) {
      state.drop(larger.timeframe(), window);
    }
  }

  private boolean foldIfComplete(
      StreamKey larger, long window, Context context, Collector<LedgerEvent> out) throws Exception {
    Timeframe timeframe = larger.timeframe();
    if (!state.isComplete(timeframe, window)) {
      return false;
    }
    fold(larger, window, state.parts(timeframe, window), out);
    if (state.isAwaited(window)) {
      state.dropAwaited(window);
      looks.forget(larger.id(), window);
    }
    dropLater(timeframe, window, context);
    return true;
  }

  private static void fold(
      StreamKey larger, long window, List<Candle> parts, Collector<LedgerEvent> out) {
    long endMs = window + larger.timeframe().millis();
    out.collect(
        Rollup.fold(larger, window, parts)
            .<LedgerEvent>map(LedgerEvent.Final::new)
            .orElseGet(() -> new LedgerEvent.Empty(larger, window, endMs, Evidence.ROLLUP)));
  }

  /** Drops the parts of a complete interval, at once if it is old. */
  private void dropLater(Timeframe timeframe, long window, Context context) throws Exception {
    long dropAt = dropAt(timeframe, window);
    if (dropAt <= now(context)) {
      state.drop(timeframe, window);
    } else {
      context.timerService().registerProcessingTimeTimer(dropAt);
    }
  }

  private long dropAt(Timeframe timeframe, long window) {
    return clock.realAt(window + timeframe.millis() + RETENTION.partsMs());
  }

  private static long now(Context context) {
    return context.timerService().currentProcessingTime();
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LedgerEvent> out)
      throws Exception {
    StreamKey larger = StreamKey.parse(context.getCurrentKey()).orElseThrow();
    long nowMs = clock.marketAt(Math.max(timestamp, now(context))); // a clock may be set back
    state.dropBefore(larger.timeframe(), nowMs - RETENTION.partsMs());
    if (!announced.contains(larger.id())) {
      return; // until then what was written before a restart may not be visible
    }
    lookIntoTheLake(larger, now(context), out);
    if (!state.waiting(larger.timeframe()).isEmpty()) {
      lookLater(context);
    }
  }

  private void lookIntoTheLake(StreamKey larger, long realMs, Collector<LedgerEvent> out)
      throws Exception {
    int left = LATE_AT_ONCE;
    for (Map.Entry<Long, List<Candle>> window :
        state.waiting(larger.timeframe()).descendingMap().entrySet()) {
      if (left > 0 && looks.isDue(larger.id(), window.getKey(), realMs)) {
        left--;
        foldFromLake(larger, window.getKey(), window.getValue(), realMs, out);
      }
    }
  }

  /** One timer for all that comes within the same stretch. */
  private void lookLater(Context context) {
    long at = (now(context) / rereadMs + 2) * rereadMs;
    context.timerService().registerProcessingTimeTimer(at);
  }

  /**
   * Everything that an interval was folded from was committed no later than its late parts. Where
   * it is complete here meanwhile, they are in what was folded, and the lake may be behind. Without
   * a late part the interval was not whole before what was heard of it.
   */
  private void foldFromLake(
      StreamKey larger, long window, List<Candle> late, long realMs, Collector<LedgerEvent> out)
      throws Exception {
    Timeframe timeframe = larger.timeframe();
    if (!state.isComplete(timeframe, window)) {
      Optional<List<Candle>> parts = parts(larger, window);
      if (parts.isPresent() && holds(parts.get(), late)) {
        fold(larger, window, parts.get(), out);
        state.drop(timeframe, window);
      } else if (clock.marketAt(realMs) - RETENTION.versionsMs()
          < Math.max(newest(late), state.awaitedMs(window))) {
        looks.inVain(larger.id(), window, realMs);
        return;
      } else if (!late.isEmpty()) {
        LOG.error(
            "event=rollup_not_revised stream={} open_time={} open_time_ms={} revised={}",
            larger,
            Instant.ofEpochMilli(window),
            window,
            late.size());
      }
    }
    state.dropLate(late);
    state.dropAwaited(window);
    looks.forget(larger.id(), window);
  }

  private Optional<List<Candle>> parts(StreamKey larger, long window) {
    try {
      return lake.whole(larger.in(Timeframe.BASE), window, window + larger.timeframe().millis());
    } catch (IOException e) {
      LOG.warn(
          "event=rollup_lake_unreadable stream={} open_time={} open_time_ms={}",
          larger,
          Instant.ofEpochMilli(window),
          window,
          e);
      return Optional.empty();
    }
  }

  private static long newest(List<Candle> late) {
    return late.stream().mapToLong(Candle::receivedAtMs).max().orElse(Long.MIN_VALUE);
  }

  private static boolean holds(List<Candle> parts, List<Candle> late) {
    Map<Long, Integer> revisions = new HashMap<>();
    parts.forEach(part -> revisions.put(part.openTimeMs(), part.revision()));
    return late.stream().allMatch(l -> revisions.getOrDefault(l.openTimeMs(), -1) >= l.revision());
  }
}
