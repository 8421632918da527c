/** The checks of the daily QA: pure rules over the rows of a day, one class each. */
@NullMarked
package dev.candles.qa.check;

import org.jspecify.annotations.NullMarked;
