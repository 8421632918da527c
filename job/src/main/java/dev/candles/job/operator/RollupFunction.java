package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.rollup.Rollup;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link Rollup} per larger stream: an interval is folded when all of its base intervals are
 * final or proven empty, and again when one of them is revised.
 *
 * <p>State per stream: the base candles of intervals that are not complete, and of those that ended
 * within the last {@link Retention#partsMs}. A minute that changes later, or of an interval of
 * which this attempt was never told, waits until the lake holds it: then its interval is folded
 * from there.
 */
public final class RollupFunction extends KeyedProcessFunction<String, RollupEvent, LedgerEvent> {
  /** How long parts of a complete interval are kept for revisions, and late ones wait. */
  private static final Retention RETENTION = Retention.COLLECTOR;

  /** Intervals that are read from the lake at a time, which holds up the stream. */
  private static final int LATE_AT_ONCE = 10;

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
  public void open(OpenContext context) {
    state = new RollupState(getRuntimeContext());
    parked =
        getRuntimeContext().getListState(new ListStateDescriptor<>("parked", RollupEvent.class));
    announced = new HashSet<>();
    looks = new LakeLooks(rereadMs);
  }

  @Override
  public void processElement(RollupEvent event, Context context, Collector<LedgerEvent> out)
      throws Exception {
    String id = event.larger().id();
    if (event.kind() == RollupEvent.Kind.ANNOUNCED) {
      announced.add(id);
      List<RollupEvent> held = new ArrayList<>();
      parked.get().forEach(held::add);
      parked.clear();
      for (RollupEvent waiting : held) {
        take(waiting, context, out);
      }
    } else if (announced.contains(id)) {
      take(event, context, out);
    } else {
      parked.add(event);
    }
  }

  private void take(RollupEvent event, Context context, Collector<LedgerEvent> out)
      throws Exception {
    StreamKey larger = event.larger();
    if (event.kind() == RollupEvent.Kind.REPLAY) {
      replay(event, context, out);
      return;
    }
    LedgerEvent base = Objects.requireNonNull(event.base());
    long from = larger.timeframe().floor(base.fromMs());
    long to = larger.timeframe().ceil(base.toMs());
    switch (base.kind()) {
      case CANDLE -> candle(larger, Objects.requireNonNull(base.candle()), context, out);
      case CHANGED -> changed(larger, Objects.requireNonNull(base.candle()), context, out);
      case EMPTY -> empty(larger, base, context, out);
      case MISSING -> out.collect(LedgerEvent.missing(larger, from, to, Reason.BASE));
      case UNRECOVERABLE -> out.collect(LedgerEvent.unrecoverable(larger, from, to, Reason.BASE));
      case FILLED -> out.collect(LedgerEvent.filled(larger, from, to, Evidence.ROLLUP));
      case ANNOUNCED -> throw new IllegalStateException("not for the rollup: " + larger);
    }
  }

  private void candle(StreamKey larger, Candle part, Context context, Collector<LedgerEvent> out)
      throws Exception {
    state.put(larger.timeframe(), part);
    foldIfComplete(larger, larger.timeframe().floor(part.openTimeMs()), context, out);
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
      StreamKey larger, LedgerEvent base, Context context, Collector<LedgerEvent> out)
      throws Exception {
    Timeframe timeframe = larger.timeframe();
    for (long window = timeframe.floor(base.fromMs());
        window < base.toMs();
        window += timeframe.millis()) {
      Intervals part =
          Intervals.of(base.fromMs(), base.toMs())
              .intersect(Intervals.of(window, window + timeframe.millis()));
      state.putSilent(timeframe, part);
      foldIfComplete(larger, window, context, out);
    }
  }

  /**
   * Folds what the lake holds of one interval. Also where the lake holds the larger candle already:
   * if it missed a revision of a part, it is mended; else the ledger knows it.
   */
  private void replay(RollupEvent event, Context context, Collector<LedgerEvent> out)
      throws Exception {
    StreamKey larger = event.larger();
    for (Candle part : Objects.requireNonNull(event.replay())) {
      state.put(larger.timeframe(), part);
    }
    for (Candle part : state.late(larger.timeframe()).getOrDefault(event.openTimeMs(), List.of())) {
      state.put(larger.timeframe(), part); // revised since the lake was read
    }
    state.putSilent(
        larger.timeframe(), Intervals.fromArray(Objects.requireNonNull(event.replayEmpty())));
    foldIfComplete(larger, event.openTimeMs(), context, out);
  }

  private void foldIfComplete(
      StreamKey larger, long window, Context context, Collector<LedgerEvent> out) throws Exception {
    Timeframe timeframe = larger.timeframe();
    if (!state.isComplete(timeframe, window)) {
      return;
    }
    Optional<Candle> folded = Rollup.fold(larger, window, state.parts(timeframe, window));
    out.collect(
        folded
            .map(LedgerEvent::candle)
            .orElseGet(
                () ->
                    LedgerEvent.empty(
                        larger, window, window + timeframe.millis(), Evidence.ROLLUP)));
    dropLater(timeframe, window, context);
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
    state.dropCompleteBefore(larger.timeframe(), clock.marketAt(timestamp) - RETENTION.partsMs());
    if (announced.contains(larger.id())) {
      lookIntoTheLake(larger, now(context), out);
    } // until then what was written before a restart may not be visible
    if (!state.late(larger.timeframe()).isEmpty()) {
      lookLater(context);
    }
  }

  private void lookIntoTheLake(StreamKey larger, long realMs, Collector<LedgerEvent> out)
      throws Exception {
    int left = LATE_AT_ONCE;
    for (Map.Entry<Long, List<Candle>> window :
        state.late(larger.timeframe()).descendingMap().entrySet()) {
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
   * it is complete here meanwhile, they are in what was folded, and the lake may be behind.
   */
  private void foldFromLake(
      StreamKey larger, long window, List<Candle> late, long realMs, Collector<LedgerEvent> out)
      throws Exception {
    Timeframe timeframe = larger.timeframe();
    if (!state.isComplete(timeframe, window)) {
      Optional<List<Candle>> parts = parts(larger, window);
      if (parts.isPresent() && holds(parts.get(), late)) {
        Rollup.fold(larger, window, parts.get()).map(LedgerEvent::candle).ifPresent(out::collect);
        state.drop(timeframe, window);
      } else if (newest(late) + RETENTION.versionsMs() > clock.marketAt(realMs)) {
        looks.inVain(larger.id(), window, realMs);
        return;
      } else {
        LOG.error(
            "event=rollup_not_revised stream={} open_time_ms={} revised={}",
            larger,
            window,
            late.size());
      }
    }
    state.dropLate(late);
    looks.forget(larger.id(), window);
  }

  private Optional<List<Candle>> parts(StreamKey larger, long window) {
    try {
      return lake.whole(larger.in(Timeframe.BASE), window, window + larger.timeframe().millis());
    } catch (IOException e) {
      LOG.warn("event=rollup_lake_unreadable stream={} open_time_ms={}", larger, window, e);
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
