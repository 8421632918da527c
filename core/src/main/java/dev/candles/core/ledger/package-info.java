/** What is known of each interval of a stream: {@link dev.candles.core.ledger.Ledger} decides. */
@NullMarked
package dev.candles.core.ledger;

import org.jspecify.annotations.NullMarked;
