package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.Announcement;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.finality.Arbiter;
import dev.candles.core.finality.Verdict;
import dev.candles.core.finality.Version;
import dev.candles.core.lake.LakeKeeper;
import dev.candles.core.lake.LakeView;
import dev.candles.core.time.MarketClock;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the coverage of one stream: the only place that dedupes and sees revisions. What the lake
 * holds is announced first and wins; until then, inputs are parked.
 */
public final class LedgerFunction extends KeyedProcessFunction<String, LedgerEvent, Candle> {
  /** Later versions of candles. */
  public static final OutputTag<Candle> REVISIONS = Tags.of("revisions", Candle.class);

  /** Rows of the coverage change log. */
  public static final OutputTag<CoverageRow> COVERAGE = Tags.of("coverage", CoverageRow.class);

  /** What was accepted, to the rollup. */
  public static final OutputTag<LedgerEvent> ACCEPTED = Tags.of("accepted", LedgerEvent.class);

  private static final Logger LOG = LoggerFactory.getLogger(LedgerFunction.class);
  private static final long HOUR_MS = 3_600_000;

  /** What comes long after an interval is final, and may replace its candle. */
  private static final Set<Evidence> CORRECTS =
      EnumSet.of(Evidence.REST_TWICE, Evidence.REST_TRADES, Evidence.ROLLUP);

  private final MarketClock clock;
  private final LakeKeeper keeper;
  private final LakeView lake;

  private transient LedgerState state;
  private transient Set<String> announced;
  private transient Counter accepted;
  private transient Counter duplicates;
  private transient Counter confirmed;
  private transient Counter revisions;
  private transient Counter disagreements;

  /**
   * @param keeper proves that this process sees the lake before anything is written
   * @param lake knows the versions that were written before this attempt
   */
  public LedgerFunction(MarketClock clock, LakeKeeper keeper, LakeView lake) {
    this.clock = clock;
    this.keeper = keeper;
    this.lake = lake;
  }

  @Override
  public void open(OpenContext context) {
    state = new LedgerState(getRuntimeContext());
    announced = new HashSet<>();
    var metrics = getRuntimeContext().getMetricGroup();
    accepted = metrics.counter("acceptedCandles");
    duplicates = metrics.counter("duplicateCandles");
    confirmed = metrics.counter("confirmedCandles");
    revisions = metrics.counter("revisions");
    disagreements = metrics.counter("disagreements");
  }

  @Override
  public void processElement(LedgerEvent event, Context context, Collector<Candle> out)
      throws Exception {
    StreamKey stream = event.stream();
    if (event.kind() == LedgerEvent.Kind.ANNOUNCED) {
      if (announced.isEmpty()) {
        keeper.prove(getRuntimeContext().getJobInfo().getJobId().toHexString());
      }
      announced.add(stream.id());
      Announcement lake = Objects.requireNonNull(event.announcement());
      state.replace(stream, lake);
      closeMissing(stream, Intervals.fromArray(lake.finals()), context);
      armHourly(context);
      for (LedgerEvent parked : state.unpark()) {
        take(parked, context, out);
      }
    } else if (announced.contains(stream.id())) {
      take(event, context, out);
    } else {
      state.park(event);
    }
  }

  private void take(LedgerEvent event, Context context, Collector<Candle> out) throws Exception {
    switch (event.kind()) {
      case CANDLE -> candle(Objects.requireNonNull(event.candle()), context, out);
      case MISSING -> change(event, IntervalState.MISSING, s -> s == null, context);
      case FILLED -> change(event, IntervalState.FINAL, s -> s == IntervalState.FINAL, context);
      case EMPTY ->
          change(event, IntervalState.VERIFIED_EMPTY, s -> s != IntervalState.FINAL, context);
      case UNRECOVERABLE -> change(event, IntervalState.UNRECOVERABLE, s -> s == null, context);
      case ANNOUNCED, CHANGED ->
          throw new IllegalStateException("not for the ledger: " + event.kind());
    }
  }

  private void candle(Candle candle, Context context, Collector<Candle> out) throws Exception {
    long open = candle.openTimeMs();
    IntervalState before = state.of(candle.stream(), open);
    Verdict verdict = Arbiter.judge(before, known(before, candle), candle);
    if (verdict instanceof Verdict.Accept) {
      accepted.inc();
      remember(candle, context);
      LOG.debug(
          "event=candle_written venue={} symbol={} timeframe={} open_time_ms={}",
          candle.stream().venue(),
          candle.stream().symbol(),
          candle.stream().timeframe().label(),
          open);
      out.collect(candle);
      context.output(
          ACCEPTED, before == null ? LedgerEvent.candle(candle) : LedgerEvent.changed(candle));
      if (candle.stream().timeframe() != Timeframe.BASE) {
        closeMissing(candle.stream(), Intervals.of(open, candle.endTimeMs()), context);
      } // a base stream's rows are closed by the run: the backfill says what it has filled
    } else if (verdict instanceof Verdict.Revision revision) {
      revisions.inc();
      Candle revised = candle.withRevision(revision.number());
      remember(revised, context);
      LOG.info(
          "event=revision stream={} open_time_ms={} revision={} evidence={}",
          candle.stream(),
          open,
          revision.number(),
          candle.evidence());
      context.output(REVISIONS, revised);
      context.output(ACCEPTED, LedgerEvent.changed(revised));
    } else if (verdict instanceof Verdict.Disagreement) {
      disagreements.inc();
      LOG.warn(
          "event=disagreement stream={} open_time_ms={} evidence={}",
          candle.stream(),
          open,
          candle.evidence());
    } else {
      (candle.evidence() == Evidence.REST_TWICE ? confirmed : duplicates).inc();
    }
  }

  /**
   * The current version. What was written in this attempt is remembered; what is older and may be
   * corrected is in the lake.
   */
  private @Nullable Version known(@Nullable IntervalState before, Candle candle) throws Exception {
    long open = candle.openTimeMs();
    Version known = state.version(open);
    if (known != null || before != IntervalState.FINAL || !CORRECTS.contains(candle.evidence())) {
      return known;
    }
    for (Candle held : lake.candles(candle.stream(), open, candle.endTimeMs())) {
      known = Version.of(held);
      state.remember(open, known);
    }
    return known;
  }

  private void closeMissing(StreamKey stream, Intervals finals, Context context) throws Exception {
    Intervals closed = state.openMissing().intersect(finals);
    rows(stream, closed, IntervalState.FINAL, Reason.NONE, null, context);
  }

  private void remember(Candle candle, Context context) throws Exception {
    state.set(candle.stream(), candle.openTimeMs(), IntervalState.FINAL);
    long now = clock.marketAt(context.timerService().currentProcessingTime());
    if (candle.openTimeMs() >= now - LedgerState.REMEMBERED_MS
        || state.version(candle.openTimeMs()) != null) {
      state.remember(candle.openTimeMs(), Version.of(candle));
    }
  }

  /** Writes one row per run of intervals of the event's range that {@code concerned} picks. */
  private void change(
      LedgerEvent event,
      IntervalState to,
      Predicate<@Nullable IntervalState> concerned,
      Context context)
      throws Exception {
    Intervals runs = state.pick(event.stream(), event.fromMs(), event.toMs(), concerned);
    Intervals missing = state.openMissing();
    switch (event.kind()) {
      case MISSING -> runs = runs.minus(missing);
      case FILLED -> runs = runs.intersect(missing);
      case EMPTY, UNRECOVERABLE -> state.set(event.stream(), runs, to);
      case CANDLE, CHANGED, ANNOUNCED ->
          throw new IllegalStateException("no change: " + event.kind());
    }
    rows(event.stream(), runs, to, event.reason(), event.evidence(), context);
    if (event.kind() == LedgerEvent.Kind.FILLED || !runs.isEmpty()) {
      context.output(ACCEPTED, event);
    }
  }

  private void rows(
      StreamKey stream,
      Intervals runs,
      IntervalState to,
      Reason reason,
      @Nullable Evidence evidence,
      Context context)
      throws Exception {
    for (int i = 0; i < runs.count(); i++) {
      row(stream, runs.from(i), runs.to(i), to, reason, evidence, context);
    }
    if (!runs.isEmpty()) {
      Intervals missing = state.openMissing();
      state.openMissing(to == IntervalState.MISSING ? missing.union(runs) : missing.minus(runs));
    }
  }

  private void row(
      StreamKey stream,
      long fromMs,
      long toMs,
      IntervalState to,
      Reason reason,
      @Nullable Evidence evidence,
      Context context)
      throws Exception {
    long now = clock.marketAt(context.timerService().currentProcessingTime());
    context.output(
        COVERAGE,
        new CoverageRow(stream, fromMs, toMs, to, reason, evidence, state.nextSeq(), now));
  }

  private void armHourly(Context context) {
    long now = context.timerService().currentProcessingTime();
    long nextHour = (Math.floorDiv(clock.marketAt(now), HOUR_MS) + 1) * HOUR_MS;
    context.timerService().registerProcessingTimeTimer(clock.realAt(nextHour));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Candle> out)
      throws Exception {
    StreamKey stream = StreamKey.parse(context.getCurrentKey()).orElseThrow();
    if (!announced.contains(stream.id())) {
      return;
    }
    state.forgetBefore(stream, clock.marketAt(timestamp) - LedgerState.REMEMBERED_MS);
    long from = state.accountedFrom();
    long through = state.advanceThrough(stream);
    if (through > from) {
      row(stream, from, through, IntervalState.THROUGH, Reason.NONE, null, context);
    }
    armHourly(context);
  }
}
