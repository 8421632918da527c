/** Bounded jobs over the lake, one task per partition: what they do it on and where they run. */
@NullMarked
package dev.candles.qa;

import org.jspecify.annotations.NullMarked;
