package dev.candles.job;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.core.time.Retention;
import dev.candles.job.backfill.BackfillFunction;
import dev.candles.job.codec.Codecs;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.operator.FinalizerFunction;
import dev.candles.job.operator.HealthCheckSink;
import dev.candles.job.operator.HealthFunction;
import dev.candles.job.operator.LargerTimeframes;
import dev.candles.job.operator.LedgerFunction;
import dev.candles.job.operator.RejectRoom;
import dev.candles.job.operator.RollupFunction;
import dev.candles.job.operator.RouteFunction;
import dev.candles.job.operator.WatchOperator;
import dev.candles.job.sink.LakeSinks;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.view.FileLake;
import dev.candles.sources.source.HistoryStart;
import dev.candles.sources.source.VenueSource;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The whole topology. One direction, no loop: what the live path lacks goes to the backfill, and
 * what either proves meets in the ledger, which alone decides what is written.
 */
public final class CollectorJob {
  /** Flush each record: few leave the sources, and a closed candle is worth hurrying for. */
  private static final long AT_ONCE = 0;

  private CollectorJob() {}

  /** Builds the job of one JVM into {@code env}. Nothing connects before it is executed. */
  public static void build(StreamExecutionEnvironment env, CollectorConfig config) {
    build(env, config, new LakeLock(config.lake().directory()));
  }

  /**
   * Builds the job into {@code env}.
   *
   * @param access keeps other writers off the lake, wherever the job runs
   */
  static void build(
      StreamExecutionEnvironment env, CollectorConfig config, LakeWriteAccess access) {
    LakeWriteAccess roomy = roomy(access, config);
    FileLake lake = new FileLake(config.lake().directory());
    SingleOutputStreamOperator<LiveEvent> feed =
        sources(env, config, lake, roomy)
            .process(new RouteFunction(config.lake().directory(), config.disk().bounds()))
            .setBufferTimeout(AT_ONCE)
            .name("route")
            .uid("route");

    SingleOutputStreamOperator<LedgerEvent> live =
        feed.keyBy(event -> event.stream().id())
            .process(new FinalizerFunction())
            .name("finalizer")
            .uid("finalizer");

    SingleOutputStreamOperator<LedgerEvent> repaired =
        live.getSideOutput(FinalizerFunction.REPAIRS)
            .keyBy(event -> event.stream().venue())
            .process(
                new BackfillFunction(
                    config.markets().venues(), config.clock(), config.markets().timeframes()))
            .name("backfill")
            .uid("backfill");

    SingleOutputStreamOperator<Candle> base =
        live.union(repaired)
            .keyBy(event -> event.stream().id())
            .process(new LedgerFunction(config.clock(), access, lake, config.streams().size()))
            .name("ledger")
            .uid("ledger");

    SingleOutputStreamOperator<Candle> larger =
        base.getSideOutput(LedgerFunction.ACCEPTED)
            .flatMap(new LargerTimeframes(config.markets().timeframes()))
            .name("larger timeframes")
            .uid("larger-timeframes")
            .union(feed.getSideOutput(RouteFunction.REPLAYS))
            .keyBy(event -> event.stream().id())
            .process(
                new RollupFunction(
                    config.clock(), lake, config.checkpoints().interval().toMillis()))
            .name("rollup")
            .uid("rollup")
            .union(
                feed.getSideOutput(RouteFunction.LARGER),
                repaired.getSideOutput(BackfillFunction.NATIVES))
            .keyBy(event -> event.stream().id())
            .process(new LedgerFunction(config.clock(), access, lake, config.streams().size()))
            .name("ledger larger")
            .uid("ledger-larger");

    health(feed, repaired, base, config);
    sinks(feed, repaired, base, larger, config, access);
  }

  private static LakeWriteAccess roomy(LakeWriteAccess access, CollectorConfig config) {
    return new RoomyWriteAccess(
        access,
        config.lake().directory(),
        config.disk().bounds(),
        config.markets().venues().stream().map(VenueSettings::name).toList());
  }

  private static void health(
      SingleOutputStreamOperator<LiveEvent> feed,
      SingleOutputStreamOperator<LedgerEvent> repaired,
      SingleOutputStreamOperator<Candle> base,
      CollectorConfig config) {
    List<String> venues = config.markets().venues().stream().map(VenueSettings::name).toList();
    feed.getSideOutput(RouteFunction.LINKS)
        .map(HealthSignal::of)
        .returns(Codecs.HEALTH.information())
        .name("link signals")
        .uid("link-signals")
        .union(repaired.getSideOutput(BackfillFunction.HEALTH))
        .keyBy(HealthSignal::venue)
        .process(
            new HealthFunction(
                venues,
                config.health(),
                config.alerts(),
                config.clock(),
                config.lake().directory()))
        .name("health")
        .uid("health")
        .union(base.getSideOutput(LedgerFunction.COUNTS))
        .sinkTo(new HealthCheckSink(venues, config.health().logEvery()))
        .setParallelism(1) // one sees all venues
        .name("health check")
        .uid("health-check");
    base.getSideOutput(LedgerFunction.GAPS)
        .union(feed.getSideOutput(RouteFunction.CLOCKS))
        .transform("watch", Types.VOID, new WatchOperator(config))
        .setParallelism(1) // one tells
        .uid("watch");
  }

  private static void sinks(
      SingleOutputStreamOperator<LiveEvent> feed,
      SingleOutputStreamOperator<LedgerEvent> repaired,
      SingleOutputStreamOperator<Candle> base,
      SingleOutputStreamOperator<Candle> larger,
      CollectorConfig config,
      LakeWriteAccess access) {
    LakeLayout lake = new LakeLayout(config.lake().path());
    base.union(larger).sinkTo(LakeSinks.candles(lake)).name("candles").uid("candles");
    base.getSideOutput(LedgerFunction.REVISIONS)
        .union(larger.getSideOutput(LedgerFunction.REVISIONS))
        .sinkTo(LakeSinks.revisions(lake))
        .name("revisions")
        .uid("revisions");
    base.getSideOutput(LedgerFunction.COVERAGE)
        .union(larger.getSideOutput(LedgerFunction.COVERAGE))
        .sinkTo(LakeSinks.coverage(lake))
        .name("coverage")
        .uid("coverage");
    feed.getSideOutput(RouteFunction.REJECTS)
        .union(repaired.getSideOutput(RouteFunction.REJECTS))
        .filter(new RejectRoom(config.lake().directory(), config.disk().bounds(), access))
        .name("room for rejects")
        .uid("room-for-rejects")
        .sinkTo(LakeSinks.rejects(lake))
        .name("rejects")
        .uid("rejects");
  }

  private static DataStream<FeedEvent> sources(
      StreamExecutionEnvironment env,
      CollectorConfig config,
      FileLake lake,
      LakeWriteAccess access) {
    return config.markets().venues().stream()
        .map(venue -> source(env, config, venue, lake, access))
        .reduce(DataStream::union)
        .orElseThrow();
  }

  private static DataStream<FeedEvent> source(
      StreamExecutionEnvironment env,
      CollectorConfig config,
      VenueSettings venue,
      FileLake lake,
      LakeWriteAccess access) {
    List<Timeframe> timeframes = config.markets().timeframes();
    HistoryStart historyStart = config::historyFromMs;
    VenueSourceOptions options =
        new VenueSourceOptions(
            Venues.byName(venue.name()).orElseThrow(),
            venue,
            timeframes,
            historyStart,
            config.clock(),
            lake,
            access,
            config.markets().venues().indexOf(venue),
            Retention.COLLECTOR.passedMs());
    return env.fromSource(
            new VenueSource(options),
            WatermarkStrategy.noWatermarks(),
            venue.name() + " feed",
            Codecs.FEED.information())
        .setBufferTimeout(AT_ONCE)
        .uid("source-" + venue.name());
  }
}
