/** What the collector is asked to do: parsed, checked, complete. */
@NullMarked
package dev.candles.job.config;

import org.jspecify.annotations.NullMarked;
