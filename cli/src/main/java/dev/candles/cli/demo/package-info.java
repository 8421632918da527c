/** The demonstration: simulated venues that lie, a collector that is killed, the comparison. */
@NullMarked
package dev.candles.cli.demo;

import org.jspecify.annotations.NullMarked;
