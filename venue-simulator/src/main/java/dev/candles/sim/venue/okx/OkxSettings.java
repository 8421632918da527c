package dev.candles.sim.venue.okx;

import java.time.Duration;

/**
 * How this OKX behaves.
 *
 * @param flatRows whether an interval without trades has a flat row
 * @param historyLag how far {@code history-candles} lags behind, market time
 * @param pageRows most rows of a page of candles
 * @param delays how late closing words come
 */
public record OkxSettings(boolean flatRows, Duration historyLag, int pageRows, OkxDelays delays) {
  /** As it is documented. */
  public static final int PAGE_ROWS = 300;
}
