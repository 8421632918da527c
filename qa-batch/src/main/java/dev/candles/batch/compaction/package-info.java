/** Compaction as a bounded job, one task per partition. */
@NullMarked
package dev.candles.batch.compaction;

import org.jspecify.annotations.NullMarked;
