package dev.candles.sources.venue;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RepairProfile;
import dev.candles.core.repair.RepairRequest;
import dev.candles.core.repair.RepairVenue;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradeWalk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A venue as its repair sees it, by its adapter; how it is asked is up to who extends this. */
public abstract class RestVenue implements RepairVenue {
  private final Venue venue;
  private final VenueProfile facts;
  private final RepairProfile profile;

  /**
   * @param facts the venue's facts, overrides applied
   * @param collected the timeframes that are collected
   */
  protected RestVenue(Venue venue, VenueProfile facts, List<Timeframe> collected) {
    this.venue = venue;
    this.facts = facts;
    Map<String, RepairProfile.Budget> budgets = new HashMap<>();
    facts
        .budgets()
        .forEach(
            (name, budget) ->
                budgets.put(
                    name, new RepairProfile.Budget(budget.requests(), budget.window().toMillis())));
    this.profile =
        new RepairProfile(
            facts.name(),
            facts.proofs().silence(),
            facts.proofs().firstTradeId(),
            facts.waits().trades().grace().toMillis(),
            venue.foldsHistory(),
            facts.finality() == VenueProfile.Finality.REST_CONFIRMED,
            facts.pageRows(),
            facts.waits().askAfterMs(),
            facts.waits().audit().toMillis(),
            facts.proofs().depth().toMillis(),
            collected.stream().filter(t -> t != Timeframe.BASE && venue.offers(t)).toList(),
            budgets);
  }

  @Override
  public final RepairProfile profile() {
    return profile;
  }

  @Override
  public final long settledToMs(long saidMs, long newestMs) {
    return facts.settledToMs(saidMs, newestMs);
  }

  @Override
  public final RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    return venue.candles(stream, market, page, nowMs);
  }

  @Override
  public final Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
    return venue.trades(market, span, walk);
  }

  /**
   * Reads an answer.
   *
   * @param status its HTTP status
   * @param nowMs the venue's time, epoch ms
   */
  protected final RestAnswer decode(RepairRequest request, int status, String body, long nowMs) {
    RestQuery query = request.query();
    return switch (request.rows()) {
      case CANDLES -> venue.decodeCandles(query, facts, status, body, nowMs);
      case TRADES -> venue.decodeTrades(query, status, body, nowMs);
    };
  }
}
