package dev.candles.lake.coverage;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.HoldingRows;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;

/** All that the change log says of one stream, taken in row by row, in any order. */
public final class StreamCoverage {
  private final StreamKey stream;
  private final Reach reach;
  private final CoverageLog log = new CoverageLog();

  /** Of a stream of which nothing is known yet. */
  public StreamCoverage(StreamKey stream) {
    this.stream = stream;
    this.reach = new Reach(stream);
  }

  /** Takes in a row of this stream. */
  public void add(CoverageRow row) {
    log.add(row);
    reach.add(row);
  }

  /**
   * How far the log reaches, epoch ms, UTC; {@link Long#MIN_VALUE} without a row. A row says
   * nothing of the time after it was written: a larger interval is missing to its end as soon as
   * one of its minutes is.
   */
  public long overMs() {
    return reach.overMs();
  }

  /** The intervals that the log calls empty only because the venue said nothing twice. */
  public Intervals repeatedClaims() {
    return HoldingRows.of(log.holding(stream)).repeatedClaims();
  }

  /**
   * The account of the stream.
   *
   * @param finals intervals that have a candle
   * @param proven those of {@link #repeatedClaims} that trade ids prove
   * @param fromMs start, epoch ms, UTC, rounded down to the timeframe; {@link Long#MIN_VALUE} for
   *     the first interval of which anything is known
   * @param toMs end, exclusive, rounded down; {@link Long#MAX_VALUE} for the last such interval
   */
  public StreamAccount account(Intervals finals, Intervals proven, long fromMs, long toMs) {
    HoldingRows rows = HoldingRows.of(log.holding(stream)).believing(proven);
    return reach.account(finals, rows, fromMs, toMs);
  }
}
