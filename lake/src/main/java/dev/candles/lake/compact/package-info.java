/**
 * Compaction: many small files of a partition into one, safe against a crash at every step; what
 * there is to compact, and the walk that does it beside a collector.
 */
@NullMarked
package dev.candles.lake.compact;

import org.jspecify.annotations.NullMarked;
