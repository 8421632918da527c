/** The checks of the daily QA: pure rules over the rows of a day, one class each. */
@NullMarked
package dev.candles.batch.quality.check;

import org.jspecify.annotations.NullMarked;
