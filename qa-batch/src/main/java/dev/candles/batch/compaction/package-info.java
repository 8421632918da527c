/** Compaction as a bounded job, one task per partition; its rules and its plan are the lake's. */
@NullMarked
package dev.candles.batch.compaction;

import org.jspecify.annotations.NullMarked;
