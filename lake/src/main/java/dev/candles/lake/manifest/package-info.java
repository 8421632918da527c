/** What a compacted partition says of itself: its rows, ranges, files, hashes and checks. */
@NullMarked
package dev.candles.lake.manifest;

import org.jspecify.annotations.NullMarked;
