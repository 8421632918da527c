/** Takes streams out of a lake, whole, into a lake of their own. */
@NullMarked
package dev.candles.lake.forget;

import org.jspecify.annotations.NullMarked;
