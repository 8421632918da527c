/** Speaks Kraken's spot protocols: WebSocket v2 and REST. */
@NullMarked
package dev.candles.sim.venue.kraken;

import org.jspecify.annotations.NullMarked;
