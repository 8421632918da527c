package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.Announcement;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.Fold;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.TradeHole;
import dev.candles.core.finality.LiveEdge;
import dev.candles.core.finality.TradeJoin;
import dev.candles.core.finality.Version;
import dev.candles.core.repair.TradeSpan;
import dev.candles.core.time.Retention;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Runs {@link LiveEdge} per base stream, or {@link TradeJoin} where intervals are folded from
 * trades: what is final goes on, what is missing or doubtful leaves by {@link #REPAIRS}. Holds no
 * rule of its own.
 *
 * <p>State per stream: the frontier, the last joint of the chain of trade ids, and the versions of
 * the last {@link #REMEMBERED_MS} of intervals.
 */
public final class FinalizerFunction extends KeyedProcessFunction<String, FeedEvent, LedgerEvent> {
  /** Gaps and questions, to the backfill. */
  public static final OutputTag<RepairEvent> REPAIRS = Tags.of("repairs", RepairEvent.class);

  /** How long a passed candle is remembered, so that a differing repeat is recognised. */
  private static final long REMEMBERED_MS = Retention.COLLECTOR.passedMs();

  /** How far before an interruption a correction may have been missed. */
  private static final long RECHECKED_MS = Retention.COLLECTOR.interruptedMs();

  private transient ValueState<Long> frontier;
  private transient ValueState<TradeJoin.Joint> joint;
  private transient MapState<Long, Version> passed;
  private transient Set<String> announced;

  @Override
  public void open(OpenContext context) {
    frontier = getRuntimeContext().getState(new ValueStateDescriptor<>("frontier", Long.class));
    joint =
        getRuntimeContext().getState(new ValueStateDescriptor<>("joint", TradeJoin.Joint.class));
    passed =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("passed", Long.class, Version.class));
    announced = new HashSet<>();
  }

  @Override
  public void processElement(FeedEvent event, Context context, Collector<LedgerEvent> out)
      throws Exception {
    StreamKey stream = Objects.requireNonNull(event.stream());
    if (event.kind() == FeedEvent.Kind.ANNOUNCED) {
      announced(stream, Objects.requireNonNull(event.announcement()), context, out);
      return;
    }
    if (!announced.contains(stream.id())) {
      throw new IllegalStateException("live before announced: stream=" + stream);
    }
    switch (event.kind()) {
      case FOLD -> folded(Objects.requireNonNull(event.fold()), context, out);
      case QUIET -> {
        TradeJoin.Step step =
            TradeJoin.quiet(
                frontier.value(),
                joint.value(),
                event.timeMs(),
                stream.timeframe().millis(),
                Objects.requireNonNull(event.quiet()));
        join(stream, step, true, context, out);
      }
      case CLOCK ->
          step(
              stream,
              LiveEdge.overdue(frontier.value(), event.timeMs()),
              Reason.NOT_CLOSED,
              context);
      case LATE -> late(stream, Objects.requireNonNull(event.hole()), context);
      case INTERRUPTED -> recheck(stream, event.timeMs() - RECHECKED_MS, frontier.value(), context);
      case ANNOUNCED, REPLAY, LINK, REJECT ->
          throw new IllegalStateException("not for the finalizer: kind=" + event.kind());
    }
  }

  private void announced(
      StreamKey stream, Announcement lake, Context context, Collector<LedgerEvent> out)
      throws Exception {
    announced.add(stream.id());
    frontier.update(lake.toMs());
    passed.clear();
    for (Candle candle : lake.recent()) {
      passed.put(candle.openTimeMs(), Version.of(candle));
    }
    joint.update(TradeJoin.of(lake.recent()));
    out.collect(LedgerEvent.announced(stream, lake));
    context.output(REPAIRS, RepairEvent.announced(stream, lake));
    if (lake.live() == Evidence.VENUE_FLAG && lake.finals().length > 0) {
      long heldTo = lake.finals()[lake.finals().length - 1]; // however long ago that was
      recheck(stream, heldTo - RECHECKED_MS, heldTo, context);
    }
  }

  private void folded(Fold fold, Context context, Collector<LedgerEvent> out) throws Exception {
    if (fold.venueClosed()) {
      closed(fold.candle(), context, out);
      return;
    }
    TradeJoin.Step step = TradeJoin.fold(frontier.value(), joint.value(), fold);
    join(fold.candle().stream(), step, false, context, out);
    if (step.pass()) {
      out.collect(LedgerEvent.candle(fold.candle()));
    }
  }

  /**
   * @param quiet whether the interval was silent
   */
  private void join(
      StreamKey stream,
      TradeJoin.Step step,
      boolean quiet,
      Context context,
      Collector<LedgerEvent> out)
      throws Exception {
    TradeJoin.Joint before = joint.value();
    TradeJoin.Joint now = step.joint();
    joint.update(now);
    boolean news = before == null ? quiet : step.hole() != null || !step.gap().isEmpty();
    if (now != null && news) { // a first candle alone does not tell the largest id before its end
      long lastId = before == null ? now.lastId() : Math.max(before.lastId(), now.lastId());
      context.output(REPAIRS, RepairEvent.joined(stream, now.toMs(), lastId));
    }
    TradeHole hole = step.hole();
    if (hole != null && hole.fromMs() >= frontier.value() - REMEMBERED_MS) {
      TradeHole asked = TradeSpan.ofBreak(hole, stream.timeframe().millis());
      context.output(REPAIRS, RepairEvent.trades(stream, asked));
    }
    advance(stream, step.frontierMs(), step.gap(), Reason.SKIPPED, context);
    for (int i = 0; i < step.empty().count(); i++) {
      out.collect(
          LedgerEvent.empty(
              stream, step.empty().from(i), step.empty().to(i), Evidence.TRADE_CHAIN));
    }
  }

  private void closed(Candle candle, Context context, Collector<LedgerEvent> out) throws Exception {
    LiveEdge.Step step = LiveEdge.closed(frontier.value(), candle, passed.get(candle.openTimeMs()));
    step(candle.stream(), step, Reason.SKIPPED, context);
    if (step.recheck()) {
      context.output(
          REPAIRS,
          RepairEvent.recheck(candle.stream(), candle.openTimeMs(), candle.endTimeMs(), candle));
    }
    if (step.pass()) {
      if (candle.openTimeMs() >= frontier.value() - REMEMBERED_MS) {
        passed.put(candle.openTimeMs(), Version.of(candle));
      }
      out.collect(LedgerEvent.candle(candle));
    }
  }

  private void step(StreamKey stream, LiveEdge.Step step, Reason reason, Context context)
      throws Exception {
    advance(stream, step.frontierMs(), step.gap(), reason, context);
  }

  private void advance(StreamKey stream, long toMs, Intervals gap, Reason reason, Context context)
      throws Exception {
    forget(stream.timeframe(), frontier.value(), toMs);
    frontier.update(toMs);
    if (!gap.isEmpty()) {
      context.output(REPAIRS, RepairEvent.gap(stream, gap, reason));
    }
  }

  /** REST is asked once more, if the interval was accounted for and is not too old for it. */
  private void late(StreamKey stream, TradeHole hole, Context context) throws Exception {
    long known = frontier.value();
    if (hole.fromMs() < known && hole.fromMs() >= known - REMEMBERED_MS) {
      context.output(REPAIRS, RepairEvent.trades(stream, hole));
      context.output(REPAIRS, RepairEvent.recheck(stream, hole.fromMs(), hole.toMs(), null));
    }
  }

  private static void recheck(StreamKey stream, long fromMs, long toMs, Context context) {
    long from = stream.timeframe().floor(Math.max(fromMs, toMs - REMEMBERED_MS));
    if (from < toMs) {
      context.output(REPAIRS, RepairEvent.recheck(stream, from, toMs, null));
    }
  }

  /** Keeps {@link #passed} within its bound as the frontier moves on. */
  private void forget(Timeframe timeframe, long fromMs, long toMs) throws Exception {
    if (toMs - fromMs > REMEMBERED_MS) {
      passed.clear();
      return;
    }
    for (long end = fromMs; end < toMs; end += timeframe.millis()) {
      passed.remove(end - REMEMBERED_MS);
    }
  }
}
