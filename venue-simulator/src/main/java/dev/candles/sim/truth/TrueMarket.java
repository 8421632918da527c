package dev.candles.sim.truth;

import dev.candles.sim.tape.Series;

/**
 * One market of the truth.
 *
 * @param flatRows whether the venue makes a flat candle for an interval without trades
 */
public record TrueMarket(String venue, String symbol, Series series, boolean flatRows) {}
