/** Compaction of one partition: many small files into one, safe against a crash at every step. */
@NullMarked
package dev.candles.lake.compact;

import org.jspecify.annotations.NullMarked;
