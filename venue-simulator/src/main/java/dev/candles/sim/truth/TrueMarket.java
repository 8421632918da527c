package dev.candles.sim.truth;

import dev.candles.sim.tape.Series;

/** One market of the truth. */
public record TrueMarket(String venue, String symbol, Series series) {}
