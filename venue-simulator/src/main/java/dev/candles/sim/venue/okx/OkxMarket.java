package dev.candles.sim.venue.okx;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.Quotes;
import java.util.Optional;

/**
 * One instrument as OKX shows it: flat rows for silence, and a closing row that comes late.
 *
 * @param instId OKX's name, here the canonical symbol too
 * @param flatRows whether an interval without trades has a row
 * @param delays how much later than usual closing words come
 * @param quotes what it shows besides its rows
 */
record OkxMarket(String instId, Series series, boolean flatRows, OkxDelays delays, Quotes quotes) {
  private static final long EMPTY_DELAY_MS = 3_500;
  private static final long EMPTY_SPREAD_MS = 500;
  private static final long BUSY_SPREAD_MS = 2_000;

  OkxMarket(String instId, Series series, OkxSettings settings) {
    this(instId, series, settings.flatRows(), settings.delays(), new Quotes(series));
  }

  /** The row of an interval as of a market time; empty if there is none (yet). */
  Optional<TapeCandle> row(Timeframe timeframe, long openTimeMs, long asOfMs) {
    Optional<TapeCandle> traded = series.candle(timeframe, openTimeMs, asOfMs);
    return traded.isPresent() || !flatRows || openTimeMs > asOfMs
        ? traded
        : series.flat(openTimeMs);
  }

  /**
   * When the closing row of an interval leaves, epoch ms: within 2 s of its end if it was traded,
   * after 3.5 to 4 s if not (okx.md section 4), or later by {@link OkxDelays}.
   */
  long confirmAt(Timeframe timeframe, long openTimeMs) {
    long end = openTimeMs + timeframe.millis();
    boolean traded = !series.tape().minute(end - 60_000).isEmpty();
    return end
        + (traded
            ? delays.busy().toMillis() + spread(openTimeMs, BUSY_SPREAD_MS)
            : delays.silent().toMillis() + EMPTY_DELAY_MS + spread(openTimeMs, EMPTY_SPREAD_MS));
  }

  /** From when on REST confirms an interval, epoch ms. */
  long restConfirmAt(Timeframe timeframe, long openTimeMs) {
    return confirmAt(timeframe, openTimeMs) + delays.rest().toMillis();
  }

  private long spread(long openTimeMs, long range) {
    long hash = (openTimeMs / 60_000 + instId.hashCode()) * 0x9E3779B97F4A7C15L;
    return Math.floorMod(hash ^ (hash >>> 29), range);
  }
}
