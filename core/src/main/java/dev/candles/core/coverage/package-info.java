/** The state of every interval of a stream, as sets of intervals and as rows of a change log. */
@NullMarked
package dev.candles.core.coverage;

import org.jspecify.annotations.NullMarked;
