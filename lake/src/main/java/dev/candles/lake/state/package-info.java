/** The writer's lock, the leftovers of killed runs, and Flink's checkpoints beside the data. */
@NullMarked
package dev.candles.lake.state;

import org.jspecify.annotations.NullMarked;
