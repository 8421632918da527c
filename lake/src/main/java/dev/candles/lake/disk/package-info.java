/** Writing files so that neither a crash nor a reader ever meets half of one. */
@NullMarked
package dev.candles.lake.disk;

import org.jspecify.annotations.NullMarked;
