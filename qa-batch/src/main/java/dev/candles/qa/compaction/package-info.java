/** Compaction as a bounded job, one task per partition. */
@NullMarked
package dev.candles.qa.compaction;

import org.jspecify.annotations.NullMarked;
