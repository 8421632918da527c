package dev.candles.sim.venue.okx;

import dev.candles.sim.fault.Faults;
import dev.candles.sim.venue.MarketTime;
import java.util.Map;

/**
 * What all connections share.
 *
 * @param markets by instId
 */
record OkxContext(
    Map<String, OkxMarket> markets, MarketTime time, Faults faults, OkxCorrections corrections) {}
