package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Whether the rows of a stream begin where its market was listed, as the venue says. That word is
 * no proof alone: it was seen to move by years, in front of it lay rows. It counts where one answer
 * that was asked for intervals before it holds rows that begin at it, and as long as no row before
 * it was seen. Kept in memory: after a restart a venue has to show it again.
 */
final class FirstRows {
  /** An auction may be held for so long before the first trade (market time). */
  private static final long AUCTION_MS = 3_600_000;

  /** By stream: the listing (epoch ms, UTC) that a row shows. */
  private final Map<StreamKey, Long> shown = new HashMap<>();

  /**
   * Takes in an answer.
   *
   * @param askedMs from when on rows were asked for, epoch ms, UTC
   * @param listedAtMs the venue's word, epoch ms, UTC; 0 if it does not say
   * @return whether it has a row before the listing
   */
  boolean read(StreamKey stream, long askedMs, Proof.Rows rows, long listedAtMs) {
    long listedMs = stream.timeframe().floor(listedAtMs);
    long firstMs = first(rows);
    if (firstMs < listedMs) {
      shown.remove(stream);
      return true;
    }
    if (askedMs < listedMs && firstMs <= listedMs + AUCTION_MS) {
      shown.put(stream, listedAtMs);
    }
    return false;
  }

  /** When the market was listed (epoch ms, UTC), if that is shown; else 0. */
  long listedAtMs(StreamKey stream) {
    return shown.getOrDefault(stream, 0L);
  }

  private static long first(Proof.Rows rows) {
    return LongStream.concat(
            rows.closed().stream().mapToLong(Candle::openTimeMs),
            LongStream.concat(
                rows.silent().stream().mapToLong(Long::longValue),
                rows.forming().stream().mapToLong(Long::longValue)))
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
