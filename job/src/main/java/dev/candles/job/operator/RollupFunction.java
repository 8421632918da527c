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
import dev.candles.core.rollup.RollupStore;
import dev.candles.core.state.StateList;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.job.codec.Codecs;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Runs {@link Rollup} per larger stream: an interval is folded when all of its base intervals are
 * final or proven empty, and again when one of them is revised.
 *
 * <p>State per stream: the base candles of intervals that ended within the last {@link
 * Retention#partsMs}, and of older ones that are being filled; what is lacking here is looked for
 * in the lake, see {@link RollupFolds}.
 */
public final class RollupFunction extends KeyedProcessFunction<String, RollupEvent, LedgerEvent>
    implements CheckpointedFunction, CheckpointListener, ResultTypeQueryable<LedgerEvent> {
  private final MarketClock clock;
  private final LakeParts lake;
  private final long rereadMs;

  private transient RollupState state;
  private transient StateList<RollupEvent> parked;
  private transient Committed committed;
  private transient RollupFolds folds;

  /**
   * @param rereadMs how often the lake is looked at (real milliseconds): there is no news in it
   *     sooner than after a checkpoint
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
    RollupStore store = KeyedStores.rollup(getRuntimeContext());
    state = new RollupState(store);
    parked = store.parked();
    committed = new Committed();
    LakeTurns turns = new LakeTurns(lake, rereadMs, System::nanoTime);
    folds = new RollupFolds(state, clock, committed, turns, rereadMs);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    // all that is kept is keyed
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    committed.taken(context.getCheckpointId());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    committed.completed(checkpointId);
  }

  @Override
  public void processElement(RollupEvent event, Context context, Collector<LedgerEvent> out)
      throws Exception {
    if (event instanceof RollupEvent.Announced || folds.isAnnounced(event.stream())) {
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
      folds.announced(larger, context.timerService());
      for (RollupEvent waiting : parked.drain()) {
        waiting.dispatch(this);
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
    state.put(larger.timeframe(), part);
    long window = larger.timeframe().floor(part.openTimeMs());
    folds.foldOrKeep(larger, window, context.timerService(), out);
  }

  /** What the larger candle was made of may be forgotten, or was never told in this attempt. */
  private void changed(StreamKey larger, Candle part, Context context, Collector<LedgerEvent> out)
      throws Exception {
    Timeframe timeframe = larger.timeframe();
    long window = timeframe.floor(part.openTimeMs());
    boolean known = state.knows(window);
    boolean over = folds.isOver(larger, window, context.timerService());
    if (known || !over) {
      candle(larger, part, context, out);
    }
    if (over && (!known || (state.knows(window) && !state.isComplete(timeframe, window)))) {
      state.putLate(part);
      folds.await(larger, window, context.timerService());
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
      folds.foldOrKeep(larger, window, context.timerService(), out);
    }
  }

  /**
   * Folds what the lake holds of one interval. Also where the lake holds the larger candle already:
   * if it missed a revision of a part, it is mended; else the ledger knows it. What is old and not
   * complete is not kept: all that is told of it here is in the lake.
   */
  private void replay(ReplayedParts event, Context context, Collector<LedgerEvent> out)
      throws Exception {
    StreamKey larger = event.stream();
    Timeframe timeframe = larger.timeframe();
    long window = event.openTimeMs();
    boolean known = state.knows(window);
    state.putAll(timeframe, event.base());
    List<Candle> revised = state.late(timeframe).getOrDefault(window, List.of());
    state.putAll(timeframe, revised); // since the lake was read
    state.putSilent(timeframe, Intervals.fromArray(event.silent()));
    boolean old = folds.isOld(larger, window, context.timerService());
    if (old && !known && !state.isComplete(timeframe, window)) {
      state.drop(timeframe, window);
    } else {
      folds.foldOrKeep(larger, window, context.timerService(), out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LedgerEvent> out)
      throws Exception {
    StreamKey larger = StreamKey.parse(context.getCurrentKey()).orElseThrow();
    folds.onTimer(larger, timestamp, context.timerService(), out);
  }
}
