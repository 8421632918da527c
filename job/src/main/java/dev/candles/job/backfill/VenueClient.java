package dev.candles.job.backfill;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RepairAnswer;
import dev.candles.core.repair.RepairProfile;
import dev.candles.core.repair.RepairRequest;
import dev.candles.core.repair.RepairVenue;
import dev.candles.core.repair.RepairWork;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradeWalk;
import dev.candles.sources.transport.RestClient;
import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A venue's REST: sends what the planner asks for and holds the answers. Everything is touched by
 * the operator's thread only, but for {@link #answers}, which the client's threads fill; it holds
 * no more than the planner has in flight.
 */
final class VenueClient implements RepairVenue, AutoCloseable {
  private final Venue venue;
  private final VenueProfile facts;
  private final RepairProfile profile;
  private final RestClient client;
  private final BackfillMetrics metrics;
  private final Queue<RepairAnswer> answers = new ConcurrentLinkedQueue<>();
  private final Map<RepairWork, CompletableFuture<?>> inFlight = new HashMap<>();

  /**
   * @param timeframes those that are collected
   */
  VenueClient(
      Venue venue, VenueSettings settings, List<Timeframe> timeframes, BackfillMetrics metrics) {
    this.venue = venue;
    this.metrics = metrics;
    this.facts = settings.profile();
    this.client = new RestClient(settings.name(), settings.rest());
    Map<String, RepairProfile.Budget> budgets = new HashMap<>();
    facts
        .budgets()
        .forEach(
            (name, budget) ->
                budgets.put(
                    name, new RepairProfile.Budget(budget.requests(), budget.window().toMillis())));
    this.profile =
        new RepairProfile(
            settings.name(),
            facts.proofs().silence(),
            facts.proofs().firstTradeId(),
            facts.waits().trades().grace().toMillis(),
            venue.foldsHistory(),
            facts.finality() == VenueProfile.Finality.REST_CONFIRMED,
            facts.pageRows(),
            facts.waits().askAfterMs(),
            facts.waits().audit().toMillis(),
            timeframes.stream().filter(t -> t != Timeframe.BASE && venue.offers(t)).toList(),
            budgets);
  }

  @Override
  public RepairProfile profile() {
    return profile;
  }

  @Override
  public long settledToMs(long saidMs, long newestMs) {
    return facts.settledToMs(saidMs, newestMs);
  }

  @Override
  public RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    return venue.candles(stream, market, page, nowMs);
  }

  @Override
  public Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
    return venue.trades(market, span, walk);
  }

  void send(RepairRequest request) {
    metrics.sent();
    inFlight.put(
        request.work(),
        client
            .get(request.query().path())
            .handle((response, failure) -> answers.add(answer(request, response, failure))));
  }

  private RepairAnswer answer(
      RepairRequest request, @Nullable RestResponse response, @Nullable Throwable failure) {
    return response == null
        ? RepairAnswer.none(request, failure == null ? "" : describe(failure))
        : new RepairAnswer(
            request,
            response.status(),
            response.dateMs(),
            response.asOfMs(),
            response.retryAfterMs(),
            nowMs -> decode(request, response, nowMs),
            "");
  }

  private RestAnswer decode(RepairRequest request, RestResponse response, long nowMs) {
    RestQuery query = request.query();
    RestAnswer said =
        switch (request.rows()) {
          case CANDLES ->
              venue.decodeCandles(query, facts, response.status(), response.body(), nowMs);
          case TRADES -> venue.decodeTrades(query, response.status(), response.body(), nowMs);
        };
    metrics.rejected(said.rejects());
    return said;
  }

  /** An answer that has come, null if none has. */
  @Nullable RepairAnswer poll() {
    RepairAnswer answer = answers.poll();
    if (answer != null) {
      inFlight.remove(answer.request().work());
    }
    return answer;
  }

  private static String describe(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  @Override
  public void close() {
    inFlight.values().forEach(request -> request.cancel(true));
    client.close();
  }
}
