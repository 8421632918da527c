/** What was not believed, as JSON lines. */
@NullMarked
package dev.candles.lake.reject;

import org.jspecify.annotations.NullMarked;
