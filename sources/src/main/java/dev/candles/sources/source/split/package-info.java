/** The definition of one connection and its wire form. */
@NullMarked
package dev.candles.sources.source.split;

import org.jspecify.annotations.NullMarked;
