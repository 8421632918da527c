/** Hostile inputs: one target for each thing that reads what others wrote, and what must hold. */
@NullMarked
package dev.candles.fuzz;

import org.jspecify.annotations.NullMarked;
