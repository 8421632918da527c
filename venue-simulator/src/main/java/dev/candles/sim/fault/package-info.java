/** What goes wrong, when, and how often it did. */
@NullMarked
package dev.candles.sim.fault;

import org.jspecify.annotations.NullMarked;
