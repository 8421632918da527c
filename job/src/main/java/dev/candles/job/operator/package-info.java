/** Thin shells that run the pure rules on keyed state. */
@NullMarked
package dev.candles.job.operator;

import org.jspecify.annotations.NullMarked;
