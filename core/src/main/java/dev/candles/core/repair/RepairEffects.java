package dev.candles.core.repair;

import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.Reject;
import java.util.List;

/**
 * What follows from news or from an answer, in order.
 *
 * @param ledger what is missing, proven or given up, of all timeframes
 * @param rejects rows that were not believed, as many as are kept
 */
public record RepairEffects(List<LedgerEvent> ledger, List<Reject> rejects) {}
