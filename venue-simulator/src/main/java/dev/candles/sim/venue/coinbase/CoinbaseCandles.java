package dev.candles.sim.venue.coinbase;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.HalfMade;
import dev.candles.sim.venue.PageRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * REST's candles of one product, as of a market time, newest first: the one in progress too, silent
 * intervals never, and a young row perhaps without its last trades (coinbase.md section 4).
 */
final class CoinbaseCandles {
  private static final long LAG_MS = 10_000;

  private final Series series;
  private final Timeframe timeframe;
  private final long slowMs;
  private final long asOfMs;
  private final HalfMade halfMade;

  /**
   * @param slowRows how long after its end a row may be incomplete; half of it, it always is
   */
  CoinbaseCandles(
      Series series, Timeframe timeframe, Duration slowRows, long asOfMs, HalfMade halfMade) {
    this.series = series;
    this.timeframe = timeframe;
    this.asOfMs = asOfMs;
    this.halfMade = halfMade;
    slowMs = slowRows.toMillis();
  }

  /** Rows that open at {@code startMs} to {@code endMs}, both inclusive. */
  List<PageRow> between(long startMs, long endMs) {
    List<PageRow> rows = new ArrayList<>();
    long first = Math.max(timeframe.ceil(startMs), timeframe.floor(series.tape().listedMs()));
    long last = Math.min(timeframe.floor(endMs), timeframe.floor(asOfMs));
    for (long open = last; open >= first; open -= timeframe.millis()) {
      row(open).map(CoinbaseCandles::line).ifPresent(rows::add);
    }
    return rows;
  }

  /** The newest rows that open at {@code endMs} or before. */
  List<PageRow> newest(int most, long endMs) {
    List<PageRow> rows = new ArrayList<>();
    long open = timeframe.floor(endMs);
    long first = timeframe.floor(series.tape().listedMs());
    while (rows.size() < most && open >= first) {
      Optional<TapeCandle> row = row(open);
      row.map(CoinbaseCandles::line).ifPresent(rows::add);
      long before = open;
      open =
          row.isPresent()
              ? open - timeframe.millis()
              : series
                  .tape()
                  .lastBefore(before)
                  .map(Trade::timeMs)
                  .map(timeframe::floor)
                  .orElse(Long.MIN_VALUE);
    }
    return rows;
  }

  private Optional<TapeCandle> row(long openTimeMs) {
    long end = openTimeMs + timeframe.millis();
    boolean settled = asOfMs >= end + settle(openTimeMs);
    long seen = settled ? asOfMs : Math.min(asOfMs, end) - Math.min(LAG_MS, slowMs);
    long counted = halfMade.countedMs(series.tape(), timeframe, openTimeMs);
    return series.candle(timeframe, openTimeMs, Math.min(seen, counted));
  }

  private static PageRow line(TapeCandle candle) {
    return new PageRow(candle.openTimeMs(), SimCoinbaseFrames.row(candle));
  }

  private long settle(long openTimeMs) {
    if (slowMs == 0) {
      return 0;
    }
    long hash = openTimeMs / 60_000 * 0x9E3779B97F4A7C15L;
    return slowMs / 2 + Math.floorMod(hash ^ (hash >>> 29), slowMs - slowMs / 2);
  }
}
