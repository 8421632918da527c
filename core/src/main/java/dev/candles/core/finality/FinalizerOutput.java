package dev.candles.core.finality;

import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;

/** Where {@link Finalizer} sends what it has decided, in the order of its decisions. */
public interface FinalizerOutput {
  /** What is final or proven silent, and what the lake holds. */
  void ledger(LedgerEvent event);

  /** What is missing or doubtful, and where the chain of trade ids begins. */
  void repair(RepairEvent event);
}
