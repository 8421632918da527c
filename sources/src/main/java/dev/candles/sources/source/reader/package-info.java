/** From frames to feed events: announcements, liveness, clock marks. */
@NullMarked
package dev.candles.sources.source.reader;

import org.jspecify.annotations.NullMarked;
