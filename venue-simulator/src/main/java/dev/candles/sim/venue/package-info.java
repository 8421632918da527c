/** What all simulated venues share: sockets on loopback, rate windows, ticking. */
@NullMarked
package dev.candles.sim.venue;

import org.jspecify.annotations.NullMarked;
