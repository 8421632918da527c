/** Kraken spot, WebSocket v2: its frames, its REST candles and trades, its catalogue. */
@NullMarked
package dev.candles.sources.venue.kraken;

import org.jspecify.annotations.NullMarked;
