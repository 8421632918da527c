package dev.candles.core.repair;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.proof.Silence;
import dev.candles.core.proof.TradeEvidence;
import java.util.List;
import java.util.Map;

/**
 * What the repair of a venue depends on; durations are market milliseconds.
 *
 * @param venue the venue's name in logs
 * @param silence what proves that nobody traded
 * @param firstTradeId the id of a market's first trade; {@link TradeEvidence.Ends#UNKNOWN} if it
 *     may be any
 * @param graceMs a later trade id may lie so much before an earlier one
 * @param foldsHistory whether old pages of candles are themselves folded from trades
 * @param confirms whether only REST makes the live path final, so that what is young and unknown is
 *     no gap
 * @param pageRows most rows that one answer holds
 * @param askAfterMs before that long after an interval's end no answer can show that it has settled
 * @param auditMs so long after its end what was repaired sooner is read once more; 0 for never
 * @param depthMs for how long the venue keeps what it has; 0 for ever
 * @param offered larger timeframes that are collected and that the venue has candles of
 * @param budgets request budgets by name
 */
public record RepairProfile(
    String venue,
    Silence silence,
    long firstTradeId,
    long graceMs,
    boolean foldsHistory,
    boolean confirms,
    int pageRows,
    long askAfterMs,
    long auditMs,
    long depthMs,
    List<Timeframe> offered,
    Map<String, Budget> budgets) {

  /** At most {@code requests} within any {@code windowMs} of market time. */
  public record Budget(int requests, long windowMs) {}
}
