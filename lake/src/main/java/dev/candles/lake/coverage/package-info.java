/** The coverage change log: appended row by row, read as the state of every interval. */
@NullMarked
package dev.candles.lake.coverage;

import org.jspecify.annotations.NullMarked;
