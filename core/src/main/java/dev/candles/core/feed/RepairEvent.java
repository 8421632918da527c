package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import org.jspecify.annotations.Nullable;

/**
 * News for the backfill of a venue. Flat, because it crosses an edge. {@code stream} is set for all
 * kinds but {@link Kind#LINK}.
 *
 * @param missing ANNOUNCED, GAP, CONFIRM: intervals as flat ranges, see {@link Intervals#toArray}
 * @param givenUp ANNOUNCED: unrecoverable intervals, to be asked for once a day
 * @param listedAtMs ANNOUNCED: when the market was listed, epoch ms; 0 if unknown
 * @param fromMs RECHECK: first open time to ask about, epoch ms, UTC
 * @param toMs RECHECK: end, exclusive; ANNOUNCED, CONFIRM: up to when the stream is told of
 * @param candidate RECHECK: the differing candle, null if there is none
 * @param hole TRADES: whose trades to ask for; JOINED: until when ({@code toMs}) no trade has an id
 *     above {@code afterId}
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares these
public record RepairEvent(
    Kind kind,
    String venue,
    @Nullable StreamKey stream,
    long[] missing,
    long[] givenUp,
    Reason reason,
    String venueSymbol,
    long listedAtMs,
    long fromMs,
    long toMs,
    @Nullable Candle candidate,
    @Nullable TradeHole hole,
    @Nullable LinkMark link) {

  /** The kinds of news. */
  public enum Kind {
    /** A stream is there, and this is all that it lacks: forget any other gap of it. */
    ANNOUNCED,
    /** More intervals are missing. */
    GAP,
    /** Intervals that are over, and final when REST confirms them. */
    CONFIRM,
    /** Candles to be read again. */
    RECHECK,
    /** Intervals whose trades are to be asked for by their ids. */
    TRADES,
    /** The live chain of trade ids has begun, or begun anew. */
    JOINED,
    /** About a connection. */
    LINK
  }

  private static final long[] NONE = {};

  public static RepairEvent announced(StreamKey stream, Announcement lake) {
    long listedMs = stream.timeframe().floor(lake.listedAtMs());
    long[] givenUp =
        Intervals.fromArray(lake.unrecoverable())
            .intersect(Intervals.of(Math.min(listedMs, lake.toMs()), lake.toMs()))
            .toArray();
    return new RepairEvent(
        Kind.ANNOUNCED,
        stream.venue(),
        stream,
        lake.unknown().toArray(),
        givenUp,
        Reason.HISTORY,
        lake.venueSymbol(),
        lake.listedAtMs(),
        lake.fromMs(),
        lake.toMs(),
        null,
        null,
        null);
  }

  public static RepairEvent gap(StreamKey stream, Intervals missing, Reason reason) {
    return new RepairEvent(
        Kind.GAP,
        stream.venue(),
        stream,
        missing.toArray(),
        NONE,
        reason,
        "",
        0,
        0,
        0,
        null,
        null,
        null);
  }

  /** Intervals {@code [fromMs, toMs)} (epoch ms, UTC) of a base stream are over. */
  public static RepairEvent confirm(StreamKey stream, long fromMs, long toMs) {
    return new RepairEvent(
        Kind.CONFIRM,
        stream.venue(),
        stream,
        Intervals.of(fromMs, toMs).toArray(),
        NONE,
        Reason.NONE,
        "",
        0,
        fromMs,
        toMs,
        null,
        null,
        null);
  }

  public static RepairEvent recheck(
      StreamKey stream, long fromMs, long toMs, @Nullable Candle candidate) {
    return new RepairEvent(
        Kind.RECHECK,
        stream.venue(),
        stream,
        NONE,
        NONE,
        Reason.NONE,
        "",
        0,
        fromMs,
        toMs,
        candidate,
        null,
        null);
  }

  public static RepairEvent trades(StreamKey stream, TradeHole hole) {
    return new RepairEvent(
        Kind.TRADES,
        stream.venue(),
        stream,
        NONE,
        NONE,
        Reason.NONE,
        "",
        0,
        hole.fromMs(),
        hole.toMs(),
        null,
        hole,
        null);
  }

  /** No trade before {@code timeMs} (epoch ms, UTC) has an id above {@code lastId}. */
  public static RepairEvent joined(StreamKey stream, long timeMs, long lastId) {
    TradeHole joint = new TradeHole(timeMs, timeMs, lastId, TradeHole.UNKNOWN);
    return new RepairEvent(
        Kind.JOINED,
        stream.venue(),
        stream,
        NONE,
        NONE,
        Reason.NONE,
        "",
        0,
        timeMs,
        timeMs,
        null,
        joint,
        null);
  }

  public static RepairEvent link(LinkMark link) {
    return new RepairEvent(
        Kind.LINK, link.venue(), null, NONE, NONE, Reason.NONE, "", 0, 0, 0, null, null, link);
  }
}
