/** Which files of a partition count, also while a compaction replaces them. */
@NullMarked
package dev.candles.lake.partition;

import org.jspecify.annotations.NullMarked;
