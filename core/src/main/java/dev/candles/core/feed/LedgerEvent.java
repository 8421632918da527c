package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Reason;
import org.jspecify.annotations.Nullable;

/**
 * News for the ledger of a stream. Flat, because it crosses an edge.
 *
 * @param fromMs start of the range that {@code kind} speaks of, epoch ms, UTC
 * @param toMs its end, exclusive
 */
public record LedgerEvent(
    Kind kind,
    StreamKey stream,
    long fromMs,
    long toMs,
    Reason reason,
    @Nullable Evidence evidence,
    @Nullable Candle candle,
    @Nullable Announcement announcement) {

  /** The kinds of news. */
  public enum Kind {
    /** What the lake holds. */
    ANNOUNCED,
    /** A final candle. */
    CANDLE,
    /** Intervals found missing. */
    MISSING,
    /** Intervals that were missing and have their candles now: closes a coverage row. */
    FILLED,
    /** Intervals proven silent. */
    EMPTY,
    /** Intervals given up. */
    UNRECOVERABLE,
    /** A final candle where another version, a proven silence or nothing to be had was told. */
    CHANGED
  }

  public static LedgerEvent announced(StreamKey stream, Announcement announcement) {
    return new LedgerEvent(
        Kind.ANNOUNCED,
        stream,
        announcement.fromMs(),
        announcement.toMs(),
        Reason.NONE,
        null,
        null,
        announcement);
  }

  public static LedgerEvent candle(Candle candle) {
    return of(Kind.CANDLE, candle);
  }

  public static LedgerEvent changed(Candle candle) {
    return of(Kind.CHANGED, candle);
  }

  private static LedgerEvent of(Kind kind, Candle candle) {
    return new LedgerEvent(
        kind,
        candle.stream(),
        candle.openTimeMs(),
        candle.endTimeMs(),
        Reason.NONE,
        candle.evidence(),
        candle,
        null);
  }

  public static LedgerEvent missing(StreamKey stream, long fromMs, long toMs, Reason reason) {
    return new LedgerEvent(Kind.MISSING, stream, fromMs, toMs, reason, null, null, null);
  }

  public static LedgerEvent filled(StreamKey stream, long fromMs, long toMs, Evidence evidence) {
    return new LedgerEvent(Kind.FILLED, stream, fromMs, toMs, Reason.NONE, evidence, null, null);
  }

  public static LedgerEvent empty(StreamKey stream, long fromMs, long toMs, Evidence evidence) {
    return new LedgerEvent(Kind.EMPTY, stream, fromMs, toMs, Reason.NONE, evidence, null, null);
  }

  public static LedgerEvent unrecoverable(StreamKey stream, long fromMs, long toMs, Reason reason) {
    return new LedgerEvent(Kind.UNRECOVERABLE, stream, fromMs, toMs, reason, null, null, null);
  }
}
