/** How well a venue answers: its state, the failures that count, and the alerts about changes. */
@NullMarked
package dev.candles.core.health;

import org.jspecify.annotations.NullMarked;
