/**
 * What a collector shows by HTTP on loopback, read-only: its page, with what {@code ./candles
 * status} shows, and its metrics.
 */
@NullMarked
package dev.candles.cli.page;

import org.jspecify.annotations.NullMarked;
