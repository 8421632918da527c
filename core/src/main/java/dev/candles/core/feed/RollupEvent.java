package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News for the rollup of one larger stream. Flat, because it crosses an edge.
 *
 * @param larger the larger stream
 * @param base what the ledger of the base stream accepted, null for ANNOUNCED and REPLAY
 * @param announcement ANNOUNCED: what the lake holds of the larger stream
 * @param openTimeMs REPLAY: open time of the larger interval, epoch ms, UTC
 * @param replay REPLAY: the base candles that the lake holds of it
 * @param replayEmpty REPLAY: its base intervals that are proven silent, as flat ranges
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares these
public record RollupEvent(
    Kind kind,
    StreamKey larger,
    @Nullable LedgerEvent base,
    @Nullable Announcement announcement,
    long openTimeMs,
    @Nullable List<Candle> replay,
    long @Nullable [] replayEmpty) {

  /** The kinds of news. */
  public enum Kind {
    /** The larger stream is there; inputs were held back until now. */
    ANNOUNCED,
    /** Base candles of one larger interval, from the lake. */
    REPLAY,
    /** The base stream's ledger accepted something. */
    BASE
  }

  public static RollupEvent base(StreamKey larger, LedgerEvent accepted) {
    return new RollupEvent(Kind.BASE, larger, accepted, null, 0, null, null);
  }

  public static RollupEvent announced(StreamKey larger, Announcement announcement) {
    return new RollupEvent(Kind.ANNOUNCED, larger, null, announcement, 0, null, null);
  }

  public static RollupEvent replay(
      StreamKey larger, long openTimeMs, List<Candle> base, long[] silent) {
    return new RollupEvent(Kind.REPLAY, larger, null, null, openTimeMs, base, silent);
  }
}
