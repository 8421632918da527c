/** The repair of gaps: {@link dev.candles.core.repair.RepairPlanner} decides what is asked when. */
@NullMarked
package dev.candles.core.repair;

import org.jspecify.annotations.NullMarked;
