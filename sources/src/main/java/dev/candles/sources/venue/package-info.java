/** What is particular to a venue, and the contract that every venue keeps. */
@NullMarked
package dev.candles.sources.venue;

import org.jspecify.annotations.NullMarked;
