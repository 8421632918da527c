/** Speaks the protocol of the Coinbase Exchange. */
@NullMarked
package dev.candles.sim.venue.coinbase;

import org.jspecify.annotations.NullMarked;
