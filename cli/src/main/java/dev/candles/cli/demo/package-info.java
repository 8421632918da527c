/** The demonstration: a simulated venue that lies, a collector that is killed, the comparison. */
@NullMarked
package dev.candles.cli.demo;

import org.jspecify.annotations.NullMarked;
