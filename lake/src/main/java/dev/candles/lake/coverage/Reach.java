package dev.candles.lake.coverage;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.HoldingRows;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;

/** How far the change log of a stream reaches, told by all of its rows in any order. */
final class Reach {
  private final StreamKey stream;
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;
  private long overMs = Long.MIN_VALUE;

  Reach(StreamKey stream) {
    this.stream = stream;
  }

  void add(CoverageRow row) {
    firstMs = Math.min(firstMs, row.fromMs());
    lastMs = Math.max(lastMs, row.toMs());
    overMs = Math.max(overMs, Math.min(row.toMs(), row.atMs()));
  }

  /** See {@link StreamCoverage#overMs}. */
  long overMs() {
    return overMs;
  }

  /** See {@link StreamCoverage#account}. */
  StreamAccount account(Intervals finals, HoldingRows rows, long fromMs, long toMs) {
    long first = finals.isEmpty() ? firstMs : Math.min(firstMs, finals.from(0));
    long last = finals.isEmpty() ? lastMs : Math.max(lastMs, finals.to(finals.count() - 1));
    boolean nothing = first > last;
    long from = stream.timeframe().floor(fromMs);
    long to = stream.timeframe().floor(toMs);
    if (fromMs == Long.MIN_VALUE) {
      from = nothing ? 0 : first;
    }
    if (toMs == Long.MAX_VALUE) {
      to = nothing ? from : last;
    }
    return new StreamAccount(stream, from, Math.max(from, to), finals, rows);
  }
}
