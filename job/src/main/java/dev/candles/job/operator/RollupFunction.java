package dev.candles.job.operator;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.rollup.LargerCandles;
import dev.candles.core.rollup.RollupOutput;
import dev.candles.core.rollup.RollupTimers;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.job.codec.Codecs;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link LargerCandles} per larger stream, wakes it by timers, tells it of checkpoints, and
 * logs what it finds in the lake. Holds no rule of its own.
 *
 * <p>State per stream: the base candles of intervals that ended within the last {@link
 * Retention#partsMs}, and of older ones that are being filled; the days that wait for the lake; and
 * what is parked until the stream was announced.
 */
public final class RollupFunction extends KeyedProcessFunction<String, RollupEvent, LedgerEvent>
    implements CheckpointedFunction, CheckpointListener, ResultTypeQueryable<LedgerEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(RollupFunction.class);

  private final MarketClock clock;
  private final LakeParts lake;
  private final long rereadMs;

  private transient LargerCandles candles;

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
    candles =
        new LargerCandles(
            KeyedStores.rollup(getRuntimeContext()), clock, lake, rereadMs, System::nanoTime);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    // all that is kept is keyed
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    candles.taken(context.getCheckpointId());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    candles.completed(checkpointId);
  }

  @Override
  public void processElement(RollupEvent event, Context context, Collector<LedgerEvent> out) {
    candles.take(event, new Timers(context.timerService(), 0), new Output(out));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LedgerEvent> out) {
    StreamKey larger = StreamKey.parse(context.getCurrentKey()).orElseThrow();
    Timers timers = new Timers(context.timerService(), timestamp);
    candles.onTimer(larger, timestamp, timers, new Output(out));
  }

  /**
   * Flink's, of the current key. In the turn of a timer it is no earlier than what that was set
   * for, though the clock was set back meanwhile: what is set for then or before comes in the same
   * turn again.
   */
  private record Timers(TimerService service, long firedMs) implements RollupTimers {
    @Override
    public long nowMs() {
      return Math.max(service.currentProcessingTime(), firedMs);
    }

    @Override
    public void wakeAt(long realMs) {
      service.registerProcessingTimeTimer(realMs);
    }
  }

  /** The edge to the ledger, and the log. */
  private record Output(Collector<LedgerEvent> out) implements RollupOutput {
    @Override
    public void ledger(LedgerEvent told) {
      out.collect(told);
    }

    @Override
    public void looked(StreamKey larger, int days, int made, int left) {
      LOG.info("event=rollup_looked stream={} days={} made={} left={}", larger, days, made, left);
    }

    @Override
    public void archived(StreamKey larger, int left) {
      LOG.warn("event=rollup_archived stream={} left={}", larger, left);
    }

    @Override
    public void notRevised(StreamKey larger, long openTimeMs, int revised) {
      LOG.error(
          "event=rollup_not_revised stream={} open_time={} open_time_ms={} revised={}",
          larger,
          Instant.ofEpochMilli(openTimeMs),
          openTimeMs,
          revised);
    }

    @Override
    public void unsound(StreamKey larger, long openTimeMs, int parts) {
      LOG.warn(
          "event=rollup_parts_unsound stream={} open_time={} open_time_ms={} parts={}",
          larger,
          Instant.ofEpochMilli(openTimeMs),
          openTimeMs,
          parts);
    }

    @Override
    public void unreadable(StreamKey larger, long dayMs, IOException failure) {
      LOG.warn(
          "event=rollup_lake_unreadable stream={} open_time={} open_time_ms={}",
          larger,
          Instant.ofEpochMilli(dayMs),
          dayMs,
          failure);
    }
  }
}
