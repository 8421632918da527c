/** Market time: the one clock that rules, venues and simulator share. */
@NullMarked
package dev.candles.core.time;

import org.jspecify.annotations.NullMarked;
