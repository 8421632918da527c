package dev.candles.sim.venue.coinbase;

import dev.candles.sim.fault.Faults;
import dev.candles.sim.venue.MarketTime;
import dev.candles.sim.venue.SimMarket;
import java.util.Map;

/**
 * What all connections share.
 *
 * @param desks by product id, which is the canonical symbol
 */
record CoinbaseContext(Map<String, SimMarket> desks, MarketTime time, Faults faults) {}
