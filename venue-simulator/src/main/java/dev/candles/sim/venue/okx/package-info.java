/** Speaks OKX's v5 protocol. */
@NullMarked
package dev.candles.sim.venue.okx;

import org.jspecify.annotations.NullMarked;
