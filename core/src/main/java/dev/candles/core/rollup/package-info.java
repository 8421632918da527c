/** Larger timeframes folded from the base timeframe: how, and when. */
@NullMarked
package dev.candles.core.rollup;

import org.jspecify.annotations.NullMarked;
