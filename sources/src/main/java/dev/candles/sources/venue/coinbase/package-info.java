/** Coinbase spot, Exchange API: its frames, its REST, its catalogue. */
@NullMarked
package dev.candles.sources.venue.coinbase;

import org.jspecify.annotations.NullMarked;
