/** When a candle is final, when two versions are the same, and which of two is current. */
@NullMarked
package dev.candles.core.finality;

import org.jspecify.annotations.NullMarked;
