/** What the collector registers with Flink's metric system: the only place that knows names. */
@NullMarked
package dev.candles.sources.metrics;

import org.jspecify.annotations.NullMarked;
