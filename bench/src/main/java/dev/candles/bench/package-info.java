/** Benchmarks of the live path: figures beside their bars, run by hand and never by the build. */
@NullMarked
package dev.candles.bench;

import org.jspecify.annotations.NullMarked;
