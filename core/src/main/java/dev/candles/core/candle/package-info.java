/** The words everyone uses: candle, stream, timeframe, and the names they may carry. */
@NullMarked
package dev.candles.core.candle;

import org.jspecify.annotations.NullMarked;
