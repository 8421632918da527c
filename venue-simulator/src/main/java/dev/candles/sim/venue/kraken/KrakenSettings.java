package dev.candles.sim.venue.kraken;

import java.time.Duration;

/**
 * How this Kraken behaves.
 *
 * @param exclusiveSince whether Trades leaves out what happened at {@code since} itself
 * @param callEvery by how much later one more REST call is allowed, market time
 */
public record KrakenSettings(boolean exclusiveSince, Duration callEvery) {}
