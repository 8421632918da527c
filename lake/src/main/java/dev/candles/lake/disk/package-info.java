/** Files written so that neither a crash nor a reader meets half of one, and small ones read. */
@NullMarked
package dev.candles.lake.disk;

import org.jspecify.annotations.NullMarked;
