/** The crash recovery drill: kills what collects, and measures how it comes back. */
@NullMarked
package dev.candles.cli.drill;

import org.jspecify.annotations.NullMarked;
