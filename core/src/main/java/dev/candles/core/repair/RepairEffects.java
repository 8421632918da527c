package dev.candles.core.repair;

import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.health.HealthSignal;
import java.util.List;

/**
 * What follows from news or from an answer, in order.
 *
 * @param ledger what is missing, proven or given up, of all timeframes
 * @param rejects rows that were not believed, as many as are kept
 * @param health how the venue answered; empty if it was not asked
 */
public record RepairEffects(
    List<LedgerEvent> ledger, List<Reject> rejects, List<HealthSignal> health) {}
