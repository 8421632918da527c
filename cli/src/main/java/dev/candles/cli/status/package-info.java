/**
 * What {@code ./candles status} and the page show: the lake by its files, the collector by Flink's
 * REST, and what is wrong.
 */
@NullMarked
package dev.candles.cli.status;

import org.jspecify.annotations.NullMarked;
