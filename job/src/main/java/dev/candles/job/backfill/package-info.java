/** Repair of gaps by REST, one key per venue. */
@NullMarked
package dev.candles.job.backfill;

import org.jspecify.annotations.NullMarked;
