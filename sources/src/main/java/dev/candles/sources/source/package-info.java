/** The FLIP-27 source that all venues share. */
@NullMarked
package dev.candles.sources.source;

import org.jspecify.annotations.NullMarked;
