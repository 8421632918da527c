package dev.candles.job.operator;

import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.watch.DiskBounds;
import dev.candles.core.watch.WatchNews;
import dev.candles.job.codec.Codecs;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends each kind of news to its operator; what concerns base streams goes on. Every process of a
 * cluster that works for the job has a task of it, and it needs no files: so it also tells how the
 * disk of the temporary folder stands.
 */
public final class RouteFunction extends ProcessFunction<FeedEvent, LiveEvent>
    implements ResultTypeQueryable<LiveEvent> {
  /** To the rejects sink. */
  public static final OutputTag<Reject> REJECTS = Tags.of("rejects", Codecs.REJECT);

  /** What happened to connections, by which a venue's health is judged. */
  public static final OutputTag<ConnectionEvent> LINKS = Tags.of("links", Codecs.LINK);

  /** How this machine's clock stands to those of the venues. */
  public static final OutputTag<WatchNews> CLOCKS = Tags.of("clocks", Codecs.WATCH_NEWS);

  /** Announcements of larger streams, to their ledger. */
  public static final OutputTag<LedgerEvent> LARGER = Tags.of("larger", Codecs.LEDGER);

  /** Announcements and replays of larger streams, to their rollup. */
  public static final OutputTag<RollupEvent> REPLAYS = Tags.of("replays", Codecs.ROLLUP);

  private final String lake;
  private final DiskBounds bounds;
  private final long shortBytes;
  private transient TemporaryDisk temporary;

  public RouteFunction(String lake, DiskBounds bounds) {
    this(lake, bounds, TemporaryDisk.SHORT_BYTES);
  }

  /**
   * @param shortBytes with fewer free the disk of the temporary folder is told to be short
   */
  RouteFunction(String lake, DiskBounds bounds, long shortBytes) {
    this.lake = lake;
    this.bounds = bounds;
    this.shortBytes = shortBytes;
  }

  @Override
  public void open(OpenContext context) {
    String[] folders =
        ((StreamingRuntimeContext) getRuntimeContext())
            .getTaskManagerRuntimeInfo()
            .getTmpDirectories();
    temporary = new TemporaryDisk(folders, Path.of(lake), bounds, shortBytes);
    temporary.register(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void close() {
    if (temporary != null) {
      temporary.close();
    }
  }

  @Override
  public TypeInformation<LiveEvent> getProducedType() {
    return Codecs.LIVE.information();
  }

  @Override
  public void processElement(FeedEvent event, Context context, Collector<LiveEvent> out) {
    temporary.look();
    event.dispatch(
        new FeedEvent.Handler<RuntimeException>() {
          @Override
          public void live(LiveEvent live) {
            out.collect(live);
          }

          @Override
          public void larger(FeedEvent.Larger announced) {
            var stream = announced.stream();
            context.output(LARGER, new LedgerEvent.Announced(stream, announced.lake()));
            context.output(REPLAYS, new RollupEvent.Announced(stream));
          }

          @Override
          public void replay(ReplayedParts replay) {
            context.output(REPLAYS, replay);
          }

          @Override
          public void link(ConnectionEvent mark) {
            context.output(LINKS, mark);
          }

          @Override
          public void reject(Reject reject) {
            context.output(REJECTS, reject);
          }

          @Override
          public void clockOffset(FeedEvent.ClockOffset told) {
            context.output(
                CLOCKS, new WatchNews.Clock(told.venue(), told.reader(), told.offsetMs()));
          }
        });
  }
}
