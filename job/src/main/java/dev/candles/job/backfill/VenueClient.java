package dev.candles.job.backfill;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.RepairAnswer;
import dev.candles.core.repair.RepairRequest;
import dev.candles.core.repair.RepairWork;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.transport.RestClient;
import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.RestVenue;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.text.FailureText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A venue's REST: sends what the planner asks for and holds the answers. Everything is touched by
 * the operator's thread only, but for {@link #answers}, which the client's threads fill; it holds
 * no more than the planner has in flight.
 */
final class VenueClient extends RestVenue implements AutoCloseable {
  private final RestClient client;
  private final MarketClock clock;
  private final BackfillMetrics metrics;
  private final Queue<RepairAnswer> answers = new ConcurrentLinkedQueue<>();
  private final Map<RepairWork, CompletableFuture<?>> inFlight = new HashMap<>();

  /**
   * @param timeframes those that are collected
   * @param clock tells how much market time passes while a server is left alone
   */
  VenueClient(
      Venue venue,
      VenueSettings settings,
      List<Timeframe> timeframes,
      MarketClock clock,
      BackfillMetrics metrics) {
    super(venue, settings.profile(), timeframes);
    this.clock = clock;
    this.metrics = metrics;
    this.client = new RestClient(settings.name(), settings.rest());
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
        ? RepairAnswer.none(request, failure == null ? "" : FailureText.of(failure))
        : new RepairAnswer(
            request,
            response.status(),
            response.dateMs(),
            response.asOfMs(),
            clock.marketDuration(response.retryAfterMs()),
            nowMs -> decode(request, response, nowMs),
            "");
  }

  private RestAnswer decode(RepairRequest request, RestResponse response, long nowMs) {
    RestAnswer said = decode(request, response.status(), response.body(), nowMs);
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

  @Override
  public void close() {
    inFlight.values().forEach(request -> request.cancel(true));
    client.close();
  }
}
