/** OKX spot, API v5: its frames, its REST, its catalogue. */
@NullMarked
package dev.candles.sources.venue.okx;

import org.jspecify.annotations.NullMarked;
