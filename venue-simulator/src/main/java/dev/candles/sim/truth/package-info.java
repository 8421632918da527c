/** Serves the truth and compares a lake with it. */
@NullMarked
package dev.candles.sim.truth;

import org.jspecify.annotations.NullMarked;
