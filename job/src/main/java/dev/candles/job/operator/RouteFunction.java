package dev.candles.job.operator;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.health.HealthSignal;
import java.util.Objects;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends each kind of news to its operator; what concerns base streams goes on. */
public final class RouteFunction extends ProcessFunction<FeedEvent, FeedEvent> {
  /** To the rejects sink. */
  public static final OutputTag<Reject> REJECTS = Tags.of("rejects", Reject.class);

  /** What happened to connections, to the venue's health. */
  public static final OutputTag<HealthSignal> LINKS = Tags.of("links", HealthSignal.class);

  /** Announcements of larger streams, to their ledger. */
  public static final OutputTag<LedgerEvent> LARGER = Tags.of("larger", LedgerEvent.class);

  /** Announcements and replays of larger streams, to their rollup. */
  public static final OutputTag<RollupEvent> REPLAYS = Tags.of("replays", RollupEvent.class);

  @Override
  public void processElement(FeedEvent event, Context context, Collector<FeedEvent> out) {
    switch (event.kind()) {
      case REJECT -> context.output(REJECTS, Objects.requireNonNull(event.reject()));
      case LINK -> context.output(LINKS, HealthSignal.of(Objects.requireNonNull(event.link())));
      case ANNOUNCED -> announced(event, context, out);
      case REPLAY ->
          context.output(
              REPLAYS,
              RollupEvent.replay(
                  Objects.requireNonNull(event.stream()),
                  event.timeMs(),
                  Objects.requireNonNull(event.replay()),
                  Objects.requireNonNull(event.replayEmpty())));
      case FOLD, QUIET, LATE, CLOCK, INTERRUPTED -> out.collect(event);
    }
  }

  private static void announced(FeedEvent event, Context context, Collector<FeedEvent> out) {
    var stream = Objects.requireNonNull(event.stream());
    var announcement = Objects.requireNonNull(event.announcement());
    if (stream.timeframe() == Timeframe.BASE) {
      out.collect(event);
    } else {
      context.output(LARGER, LedgerEvent.announced(stream, announcement));
      context.output(REPLAYS, RollupEvent.announced(stream, announcement));
    }
  }
}
