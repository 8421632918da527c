/** Proof, schedule and budget of the repair of gaps. */
@NullMarked
package dev.candles.core.repair;

import org.jspecify.annotations.NullMarked;
