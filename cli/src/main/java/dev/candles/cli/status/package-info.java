/** What {@code ./candles status} shows: the lake by its files, the collector by Flink's REST. */
@NullMarked
package dev.candles.cli.status;

import org.jspecify.annotations.NullMarked;
