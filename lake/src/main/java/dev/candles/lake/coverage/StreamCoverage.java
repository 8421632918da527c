package dev.candles.lake.coverage;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that the change log says of one stream, taken in row by row, in any order. */
public final class StreamCoverage {
  private final StreamKey stream;
  private final CoverageLog log = new CoverageLog();
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;
  private long overMs = Long.MIN_VALUE;

  /** Of a stream of which nothing is known yet. */
  public StreamCoverage(StreamKey stream) {
    this.stream = stream;
  }

  /** Takes in a row of this stream. */
  public void add(CoverageRow row) {
    log.add(row);
    firstMs = Math.min(firstMs, row.fromMs());
    lastMs = Math.max(lastMs, row.toMs());
    overMs = Math.max(overMs, Math.min(row.toMs(), row.atMs()));
  }

  /**
   * How far the log reaches, epoch ms, UTC; {@link Long#MIN_VALUE} without a row. A row says
   * nothing of the time after it was written: a larger interval is missing to its end as soon as
   * one of its minutes is.
   */
  public long overMs() {
    return overMs;
  }

  /** The intervals that the log calls empty only because the venue said nothing twice. */
  public Intervals repeatedClaims() {
    Intervals.Builder claims = new Intervals.Builder(2);
    for (CoverageRow row : log.holding(stream)) {
      if (row.isRepeatedClaim()) {
        claims.add(row.fromMs(), row.toMs());
      }
    }
    return claims.build();
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
    return new StreamAccount(stream, from, Math.max(from, to), finals, rows(proven));
  }

  private List<CoverageRow> rows(Intervals proven) {
    List<CoverageRow> rows = new ArrayList<>();
    for (CoverageRow row : log.holding(stream)) {
      if (!row.isRepeatedClaim() || proven.isEmpty()) {
        rows.add(row);
        continue;
      }
      Intervals all = Intervals.of(row.fromMs(), row.toMs());
      Intervals byIds = all.intersect(proven);
      Intervals rest = all.minus(proven);
      for (int i = 0; i < byIds.count(); i++) {
        rows.add(row.over(byIds.from(i), byIds.to(i)).provenBy(Evidence.TRADE_CHAIN));
      }
      for (int i = 0; i < rest.count(); i++) {
        rows.add(row.over(rest.from(i), rest.to(i)));
      }
    }
    rows.sort(Comparator.comparingLong(CoverageRow::fromMs));
    return rows;
  }
}
