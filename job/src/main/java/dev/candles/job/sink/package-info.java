/** Where checkpointed files of the lake are written. */
@NullMarked
package dev.candles.job.sink;

import org.jspecify.annotations.NullMarked;
