package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.health.HealthNews;
import dev.candles.core.lake.Committed;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.core.ledger.Ledger;
import dev.candles.core.ledger.LedgerOutput;
import dev.candles.core.ledger.LedgerStore;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.core.watch.StreamGaps;
import dev.candles.core.watch.WatchNews;
import dev.candles.job.codec.Codecs;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link Ledger} per stream, and its hour by a timer; tells it of checkpoints; counts and logs
 * what it decides. Holds no rule of its own.
 *
 * <p>State per stream: two bits per interval for ever, versions of the last {@link
 * Retention#versionsMs}, the coverage sequence number, the open MISSING rows, and what is parked
 * until the lake was announced, or shows what it corrects.
 */
public final class LedgerFunction extends KeyedProcessFunction<String, LedgerEvent, Candle>
    implements CheckpointedFunction, CheckpointListener, ResultTypeQueryable<Candle> {
  /** Later versions of candles. */
  public static final OutputTag<Candle> REVISIONS = Tags.of("revisions", Codecs.CANDLE);

  /** Rows of the coverage change log. */
  public static final OutputTag<CoverageRow> COVERAGE = Tags.of("coverage", Codecs.COVERAGE);

  /** What was accepted, to the rollup. */
  public static final OutputTag<AcceptedEvent> ACCEPTED = Tags.of("accepted", Codecs.ACCEPTED);

  /** How many candles came, and how many of them are new, to the health check. */
  public static final OutputTag<HealthNews> COUNTS = Tags.of("counts", Codecs.HEALTH_NEWS);

  /** What base streams lack, to what is watched. */
  public static final OutputTag<WatchNews> GAPS = Tags.of("gaps", Codecs.WATCH_NEWS);

  private static final Logger LOG = LoggerFactory.getLogger(LedgerFunction.class);

  private final MarketClock clock;
  private final LakeWriteAccess access;
  private final LakeView lake;
  private final int streams;

  private transient Ledger ledger;
  private transient Committed committed;
  private transient boolean proven;
  private transient LedgerMetrics metrics;
  private transient Map<String, StreamGaps> gaps;

  /**
   * @param access proves that this process sees the lake before anything is written
   * @param lake knows the versions that were written before this attempt
   * @param streams how many the whole collector has, by which it is decided what is counted
   */
  public LedgerFunction(MarketClock clock, LakeWriteAccess access, LakeView lake, int streams) {
    this.clock = clock;
    this.access = access;
    this.lake = lake;
    this.streams = streams;
  }

  @Override
  public TypeInformation<Candle> getProducedType() {
    return Codecs.CANDLE.information();
  }

  @Override
  public void open(OpenContext context) {
    committed = new Committed();
    LedgerStore store = KeyedStores.ledger(getRuntimeContext());
    ledger = new Ledger(store, lake::candles, Retention.COLLECTOR, committed);
    gaps = new HashMap<>();
    metrics = new LedgerMetrics(getRuntimeContext().getMetricGroup(), clock, streams);
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
  public void processElement(LedgerEvent event, Context context, Collector<Candle> out)
      throws IOException {
    boolean announced = event instanceof LedgerEvent.Announced;
    if (announced && !proven) {
      access.prove(getRuntimeContext().getJobInfo().getJobId().toHexString());
      proven = true;
    }
    LedgerMetrics.OfStream counts = metrics.of(context.getCurrentKey(), event.stream());
    if (event instanceof LedgerEvent.Announced told) {
      counts.announced(told.lake());
    } else if (event instanceof LedgerEvent.Final) {
      counts.taken();
    }
    boolean ofBefore = event instanceof LedgerEvent.Missing told && told.reason() == Reason.HISTORY;
    SideOutputs outputs = new SideOutputs(context, out, counts, announced || ofBefore);
    ledger.take(event, nowMs(context), outputs);
    outputs.count(event);
    if (announced) {
      armHourly(context, nowMs(context));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Candle> out)
      throws IOException {
    StreamKey stream = StreamKey.parse(context.getCurrentKey()).orElseThrow();
    long hourMs = clock.marketAt(timestamp);
    if (!ledger.isAnnounced(stream)) {
      return; // of a stream that is not collected any more, or not yet: it is armed when it is
    }
    LedgerMetrics.OfStream counts = metrics.of(context.getCurrentKey(), stream);
    if (ledger.onHour(
        stream, hourMs, nowMs(context), new SideOutputs(context, out, counts, false))) {
      armHourly(context, Math.max(hourMs, nowMs(context))); // our clock may have been set back
    }
  }

  private void armHourly(Context context, long afterMs) {
    long nextMs = Ledger.nextHourMs(afterMs);
    context.timerService().registerProcessingTimeTimer(clock.realAt(nextMs));
  }

  /** Market time. */
  private long nowMs(Context context) {
    return clock.marketAt(context.timerService().currentProcessingTime());
  }

  /** Edges, metrics and log of one event. */
  private final class SideOutputs implements LedgerOutput {
    private final Context context;
    private final Collector<Candle> out;
    private final LedgerMetrics.OfStream counts;
    private final boolean ofBefore;
    private int written;

    /**
     * @param ofBefore whether what is found missing was so before this attempt
     */
    SideOutputs(
        Context context, Collector<Candle> out, LedgerMetrics.OfStream counts, boolean ofBefore) {
      this.context = context;
      this.out = out;
      this.counts = counts;
      this.ofBefore = ofBefore;
    }

    /** Tells what came and what became of it; what is parked comes now and is written later. */
    void count(LedgerEvent event) {
      int received = event instanceof LedgerEvent.Final ? 1 : 0;
      if (event.stream().timeframe() != Timeframe.BASE) {
        return; // larger candles are made of these
      }
      if (received + written > 0) {
        context.output(COUNTS, new HealthNews.Counted(event.stream().venue(), received, written));
      }
    }

    @Override
    public void written(Candle candle) {
      counts.written(candle, nowMs(context));
      written++;
      LOG.debug(
          "event=candle_written venue={} symbol={} timeframe={} open_time={} open_time_ms={}",
          candle.stream().venue(),
          candle.stream().symbol(),
          candle.stream().timeframe().label(),
          Instant.ofEpochMilli(candle.openTimeMs()),
          candle.openTimeMs());
      out.collect(candle);
    }

    @Override
    public void revised(Candle candle) {
      counts.revised();
      LOG.info(
          "event=revision stream={} open_time={} open_time_ms={} revision={} evidence={}",
          candle.stream(),
          Instant.ofEpochMilli(candle.openTimeMs()),
          candle.openTimeMs(),
          candle.revision(),
          candle.evidence());
      context.output(REVISIONS, candle);
    }

    @Override
    public void accepted(AcceptedEvent event) {
      if (event instanceof LedgerEvent.Empty empty) {
        counts.known(empty.toMs());
      }
      context.output(ACCEPTED, event);
    }

    @Override
    public void coverage(CoverageRow row) {
      context.output(COVERAGE, row);
    }

    @Override
    public void counted(IntervalState state, long intervals) {
      counts.counted(state, intervals);
    }

    @Override
    public void missing(Intervals intervals) {
      counts.missing(intervals);
      StreamKey stream = StreamKey.parse(context.getCurrentKey()).orElseThrow();
      if (stream.timeframe() == Timeframe.BASE) {
        StreamGaps known =
            gaps.computeIfAbsent(
                context.getCurrentKey(), id -> new StreamGaps(stream.venue(), stream.toString()));
        context.output(GAPS, known.take(intervals, ofBefore, nowMs(context)));
      }
    }

    @Override
    public void repeated(Candle candle) {
      counts.repeated();
    }

    @Override
    public void confirmed(Candle candle) {
      counts.confirmed();
    }

    @Override
    public void disagreed(Candle candle) {
      counts.disagreed();
      LOG.warn(
          "event=disagreement stream={} open_time={} open_time_ms={} evidence={}",
          candle.stream(),
          Instant.ofEpochMilli(candle.openTimeMs()),
          candle.openTimeMs(),
          candle.evidence());
    }
  }
}
