package dev.candles.lake.coverage;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;

/** All that the change log says of one stream, taken in row by row, in any order. */
public final class StreamCoverage {
  private final StreamKey stream;
  private final CoverageLog log = new CoverageLog();
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;

  /** Of a stream of which nothing is known yet. */
  public StreamCoverage(StreamKey stream) {
    this.stream = stream;
  }

  /** Takes in a row of this stream. */
  public void add(CoverageRow row) {
    log.add(row);
    firstMs = Math.min(firstMs, row.fromMs());
    lastMs = Math.max(lastMs, row.toMs());
  }

  /**
   * End of the last interval that any row is about, epoch ms, UTC; {@link Long#MIN_VALUE} without a
   * row.
   */
  public long lastMs() {
    return lastMs;
  }

  /**
   * The account of the stream.
   *
   * @param finals intervals that have a candle
   * @param fromMs start, epoch ms, UTC, rounded down to the timeframe; {@link Long#MIN_VALUE} for
   *     the first interval of which anything is known
   * @param toMs end, exclusive, rounded down; {@link Long#MAX_VALUE} for the last such interval
   */
  public StreamAccount account(Intervals finals, long fromMs, long toMs) {
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
    return new StreamAccount(stream, from, Math.max(from, to), finals, log.holding(stream));
  }
}
