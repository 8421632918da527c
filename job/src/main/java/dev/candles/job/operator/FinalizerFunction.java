package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.Announcement;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.finality.LiveEdge;
import dev.candles.core.finality.Version;
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
 * Runs {@link LiveEdge} per base stream: what is final goes on, what is missing or doubtful leaves
 * by {@link #REPAIRS}. Holds no rule of its own.
 *
 * <p>State per stream: the frontier, and the versions of the last {@link #REMEMBERED_MS} of
 * intervals.
 */
public final class FinalizerFunction extends KeyedProcessFunction<String, FeedEvent, LedgerEvent> {
  /** Gaps and questions, to the backfill. */
  public static final OutputTag<RepairEvent> REPAIRS = Tags.of("repairs", RepairEvent.class);

  /** How long a passed candle is remembered, so that a differing repeat is recognised. */
  static final long REMEMBERED_MS = 3 * 3_600_000L;

  /** How far before an interruption a correction may have been missed. */
  static final long RECHECKED_MS = 10 * 60_000L;

  private transient ValueState<Long> frontier;
  private transient MapState<Long, Version> passed;
  private transient Set<String> announced;

  @Override
  public void open(OpenContext context) {
    frontier = getRuntimeContext().getState(new ValueStateDescriptor<>("frontier", Long.class));
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
      case FOLD -> closed(Objects.requireNonNull(event.fold()).candle(), context, out);
      case CLOCK ->
          step(
              stream,
              LiveEdge.overdue(frontier.value(), event.timeMs()),
              Reason.NOT_CLOSED,
              context);
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
    out.collect(LedgerEvent.announced(stream, lake));
    context.output(REPAIRS, RepairEvent.announced(stream, lake));
    if (!lake.recent().isEmpty()) {
      long heldTo = lake.recent().get(lake.recent().size() - 1).endTimeMs();
      recheck(stream, heldTo - RECHECKED_MS, heldTo, context);
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
    forget(stream.timeframe(), frontier.value(), step.frontierMs());
    frontier.update(step.frontierMs());
    if (!step.gap().isEmpty()) {
      context.output(REPAIRS, RepairEvent.gap(stream, step.gap(), reason));
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
