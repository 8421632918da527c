/** Reads the lake for the daily QA, one asset and day at a time, and tells what was found. */
@NullMarked
package dev.candles.batch.quality.scan;

import org.jspecify.annotations.NullMarked;
