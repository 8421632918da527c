/** The truth: one deterministic tape of trades per market, and the candles that follow from it. */
@NullMarked
package dev.candles.sim.tape;

import org.jspecify.annotations.NullMarked;
