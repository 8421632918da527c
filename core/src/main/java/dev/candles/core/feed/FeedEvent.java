package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a venue source emits: one kind of news each. Flat, because it crosses an edge. {@code
 * stream} is set for all kinds but {@link Kind#LINK} and {@link Kind#REJECT}.
 *
 * @param timeMs CLOCK, QUIET: end of the interval that is over; INTERRUPTED: since when the stream
 *     was not watched; REPLAY: open time of the larger interval; LATE: open time of the trade's
 *     interval; all epoch ms, UTC
 * @param hole LATE: the trade's interval
 * @param replay REPLAY: the base candles that the lake holds of the larger interval
 * @param replayEmpty REPLAY: its base intervals that are proven silent, as flat ranges
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares these
public record FeedEvent(
    Kind kind,
    @Nullable StreamKey stream,
    long timeMs,
    @Nullable Announcement announcement,
    @Nullable Fold fold,
    @Nullable Quiet quiet,
    @Nullable TradeHole hole,
    @Nullable List<Candle> replay,
    long @Nullable [] replayEmpty,
    @Nullable LinkMark link,
    @Nullable Reject reject) {

  /** The kinds of news. */
  public enum Kind {
    /** What the lake holds of a stream; the first word of every stream in an attempt. */
    ANNOUNCED,
    /** Base candles that the lake holds of one larger interval that is not final yet. */
    REPLAY,
    /** A whole interval. */
    FOLD,
    /** An interval without a trade, proven over as a fold is. */
    QUIET,
    /** A trade came of an interval that was over already. */
    LATE,
    /** An interval of a stream is over, its grace too. At most one per stream and interval. */
    CLOCK,
    /** The stream was not watched since a time and is again. */
    INTERRUPTED,
    /** About a connection. */
    LINK,
    /** Not believed. */
    REJECT
  }

  public static FeedEvent announced(StreamKey stream, Announcement announcement) {
    return new FeedEvent(
        Kind.ANNOUNCED, stream, 0, announcement, null, null, null, null, null, null, null);
  }

  public static FeedEvent replay(
      StreamKey larger, long openTimeMs, List<Candle> base, Intervals silent) {
    long[] empty = silent.toArray();
    return new FeedEvent(
        Kind.REPLAY, larger, openTimeMs, null, null, null, null, base, empty, null, null);
  }

  public static FeedEvent fold(Fold fold) {
    StreamKey stream = fold.candle().stream();
    return new FeedEvent(Kind.FOLD, stream, 0, null, fold, null, null, null, null, null, null);
  }

  public static FeedEvent quiet(StreamKey stream, long endMs, Quiet quiet) {
    return new FeedEvent(
        Kind.QUIET, stream, endMs, null, null, quiet, null, null, null, null, null);
  }

  /** Of an interval that was over already there is a trade with the id {@code tradeId}. */
  public static FeedEvent late(StreamKey stream, long openTimeMs, long tradeId) {
    long endMs = openTimeMs + stream.timeframe().millis();
    TradeHole hole = TradeHole.near(openTimeMs, endMs, tradeId);
    return new FeedEvent(
        Kind.LATE, stream, openTimeMs, null, null, null, hole, null, null, null, null);
  }

  public static FeedEvent clock(StreamKey stream, long endMs) {
    return marked(Kind.CLOCK, stream, endMs);
  }

  public static FeedEvent interrupted(StreamKey stream, long sinceMs) {
    return marked(Kind.INTERRUPTED, stream, sinceMs);
  }

  private static FeedEvent marked(Kind kind, StreamKey stream, long timeMs) {
    return new FeedEvent(kind, stream, timeMs, null, null, null, null, null, null, null, null);
  }

  public static FeedEvent link(LinkMark link) {
    return new FeedEvent(Kind.LINK, null, 0, null, null, null, null, null, null, link, null);
  }

  public static FeedEvent reject(Reject reject) {
    return new FeedEvent(Kind.REJECT, null, 0, null, null, null, null, null, null, null, reject);
  }
}
