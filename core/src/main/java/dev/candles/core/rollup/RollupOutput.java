package dev.candles.core.rollup;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.feed.LedgerEvent;
import java.io.IOException;

/** Where {@link LargerCandles} sends what it has decided, in the order of its decisions. */
public interface RollupOutput {
  /** What is known of a larger stream, to its ledger. */
  void ledger(LedgerEvent told);

  /**
   * The lake was read for intervals that were not complete.
   *
   * @param days so many were read
   * @param made intervals that were folded
   * @param left intervals that lack a part still
   */
  void looked(StreamKey larger, int days, int made, int left);

  /** Parts of so many intervals that were left lie in another lake. */
  void archived(StreamKey larger, int left);

  /** So many parts of an interval were revised, and the others are nowhere. */
  void notRevised(StreamKey larger, long openTimeMs, int revised);

  /** So many parts that were kept of an interval are no candles, and were forgotten. */
  void unsound(StreamKey larger, long openTimeMs, int parts);

  /** The parts of a day cannot be read now. */
  void unreadable(StreamKey larger, long dayMs, IOException failure);
}
