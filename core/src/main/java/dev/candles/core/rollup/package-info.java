/** Larger timeframes folded from the base timeframe. */
@NullMarked
package dev.candles.core.rollup;

import org.jspecify.annotations.NullMarked;
