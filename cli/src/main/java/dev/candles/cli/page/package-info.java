/** The collector's page: what {@code ./candles status} shows, by HTTP on loopback, read-only. */
@NullMarked
package dev.candles.cli.page;

import org.jspecify.annotations.NullMarked;
