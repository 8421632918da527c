package dev.candles.job.backfill;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.repair.Heard;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.PageWidth;
import dev.candles.core.repair.RateBudget;
import dev.candles.core.repair.Recheck;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.RetryDelay;
import dev.candles.core.repair.TradeSpan;
import dev.candles.core.repair.TradeWalk;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.VenueClock;
import dev.candles.sources.transport.RestClient;
import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt knows of a venue besides keyed state: its REST client, budgets, requests in
 * flight and the order of work. Everything is touched by the operator's thread only, but for {@link
 * #answers}, which the client's threads fill; it never holds more than {@link #MAX_IN_FLIGHT}.
 */
final class VenueDesk implements AutoCloseable {
  /** Requests that may wait for their answer at a time. */
  static final int MAX_IN_FLIGHT = 4;

  /** Requests sent evenly may arrive closer together: the window is taken a little longer. */
  private static final long WINDOW_PERCENT = 105;

  private static final int REJECTS_PER_MINUTE = 100;
  private static final int MOST_JOINTS = 64;
  private static final int MOST_SEARCHES = 3;
  private static final long FAILURE_BASE_MS = 1_000;
  private static final long FAILURE_CAP_MS = 60_000;

  /**
   * One request and what came of it.
   *
   * @param page what was asked of a gap, null for other work
   * @param response null if there was none
   * @param error empty if there was none
   */
  record Answer(
      WorkQueue.Work work,
      OpenGap.@Nullable Page page,
      RestQuery query,
      @Nullable RestResponse response,
      String error) {}

  /** What the repair of one gap has settled in this attempt. */
  record Tally(long candles, long empty) {}

  final Venue venue;
  final VenueSettings settings;

  /** Larger timeframes that are collected and that the venue has candles of. */
  final List<Timeframe> offered;

  final WorkQueue work = new WorkQueue();
  final Map<String, Market> announced = new HashMap<>();
  final Map<String, TreeSet<Long>> daysOfStream = new HashMap<>();
  final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

  private final RestClient client;
  private final Map<String, RateBudget> budgets = new HashMap<>();
  private final Map<String, Tally> tallies = new HashMap<>();
  private final Map<String, Heard> heard = new HashMap<>();
  private final Map<String, PageWidth> widths = new HashMap<>();
  private final Map<String, TradeWalk> walks = new HashMap<>();
  private final Map<String, NavigableMap<Long, Long>> lastIds = new HashMap<>();
  private final VenueClock clock;
  private final Map<WorkQueue.Work, CompletableFuture<?>> inFlight = new HashMap<>();
  private long armedForMs;
  private long rejectMinute;
  private int rejectsThisMinute;
  private int failures;
  private long blockedUntilMs;
  private long refusedUntilMs;

  /**
   * @param timeframes those that are collected
   */
  VenueDesk(
      Venue venue,
      VenueSettings settings,
      List<Timeframe> timeframes,
      RestClient client,
      MarketClock market,
      long nowMs) {
    this.venue = venue;
    this.clock = new VenueClock(market.deadline(0));
    this.offered = timeframes.stream().filter(t -> t != Timeframe.BASE && venue.offers(t)).toList();
    this.settings = settings;
    this.client = client;
    settings
        .profile()
        .budgets()
        .forEach(
            (name, budget) ->
                budgets.put(
                    name,
                    new RateBudget(
                        budget.requests(),
                        budget.window().toMillis() * WINDOW_PERCENT / 100,
                        nowMs)));
  }

  /** Whether a request may go out; while the venue fails, only one probe at a time. */
  boolean mayAsk(long ourMs) {
    int allowed = failures == 0 ? MAX_IN_FLIGHT : 1;
    return ourMs >= asksAgainMs() && inFlight.size() < allowed;
  }

  /**
   * Before that time of our market clock (epoch ms) nothing is sent: the venue fails, or what is to
   * be asked first has no budget. New work is looked at at once.
   */
  long asksAgainMs() {
    return Math.max(blockedUntilMs, refusedUntilMs);
  }

  boolean isBusy() {
    return !inFlight.isEmpty();
  }

  /** Sends the request if its budget allows. */
  boolean ask(WorkQueue.Work item, OpenGap.@Nullable Page page, RestQuery query, long ourMs) {
    RateBudget budget = budgets.get(query.budget());
    if (budget == null) {
      throw new IllegalStateException("no such budget: " + query.budget());
    }
    if (!budget.tryTake(ourMs)) {
      refusedUntilMs = budget.opensAtMs(ourMs);
      return false;
    }
    inFlight.put(
        item,
        client
            .get(query.path())
            .handle(
                (response, failure) ->
                    answers.add(
                        new Answer(
                            item,
                            page,
                            query,
                            response,
                            failure == null ? "" : describe(failure)))));
    return true;
  }

  @Nullable Answer nextAnswer() {
    Answer answer = answers.poll();
    if (answer != null) {
      inFlight.remove(answer.work());
    }
    return answer;
  }

  /** Whether an answer to the same question is still awaited. */
  boolean isAsking(WorkQueue.Work item) {
    return inFlight.keySet().stream()
        .anyMatch(w -> w.kind() == item.kind() && w.key().equals(item.key()));
  }

  /** Whether one more reject is kept in this market minute; outside data must not fill the disk. */
  boolean mayReject(long nowMs) {
    long minute = nowMs / 60_000;
    rejectsThisMinute = minute == rejectMinute ? rejectsThisMinute + 1 : 1;
    rejectMinute = minute;
    return rejectsThisMinute <= REJECTS_PER_MINUTE;
  }

  /** Whether this is the first request for a gap in this attempt. */
  boolean begin(String key) {
    return tallies.putIfAbsent(key, new Tally(0, 0)) == null;
  }

  void tally(String key, long candles, long empty) {
    tallies.merge(
        key,
        new Tally(candles, empty),
        (a, b) -> new Tally(a.candles() + b.candles(), a.empty() + b.empty()));
  }

  /** What was heard of a gap in this attempt. */
  Heard heard(String key) {
    return heard.getOrDefault(key, Heard.NOTHING);
  }

  void hear(String key, Heard all) {
    heard.put(key, all);
  }

  /** How wide the pages of a gap are in this attempt. */
  PageWidth width(String key) {
    return widths.computeIfAbsent(key, k -> new PageWidth());
  }

  /** Forgets what was kept of a gap and returns what its repair has settled. */
  Tally finish(String key) {
    heard.remove(key);
    widths.remove(key);
    Tally tally = tallies.remove(key);
    return tally == null ? new Tally(0, 0) : tally;
  }

  /**
   * Whether a timer at {@code realMs} is needed: there is one chain of timers per venue, not one
   * per element.
   */
  boolean needsTimer(long realMs, long nowRealMs) {
    if (armedForMs > nowRealMs && armedForMs <= realMs) {
      return false;
    }
    armedForMs = realMs;
    return true;
  }

  void succeeded() {
    failures = 0;
    blockedUntilMs = 0;
  }

  /** Counts a failure and returns how long the venue is left alone (market milliseconds). */
  long failed(long ourMs) {
    failures++;
    long delay =
        RetryDelay.of(failures, FAILURE_BASE_MS, FAILURE_CAP_MS, settings.name().hashCode());
    blockedUntilMs = Math.max(blockedUntilMs, ourMs + delay);
    return delay;
  }

  void throttled(String budget, long untilMs) {
    RateBudget refused = budgets.get(budget);
    if (refused != null) {
      refused.closeUntil(untilMs);
    }
  }

  int failures() {
    return failures;
  }

  /** The market of a stream, whatever its timeframe; null until it was announced. */
  @Nullable Market market(StreamKey stream) {
    return announced.get(stream.in(Timeframe.BASE).id());
  }

  Set<Long> daysOf(StreamKey stream) {
    return daysOfStream.computeIfAbsent(stream.id(), id -> new TreeSet<>());
  }

  /** Intervals that end later have no REST row to be believed yet (market time, epoch ms). */
  long settledToMs(long nowMs) {
    return nowMs - askAfterMs();
  }

  private long askAfterMs() {
    return settings.profile().waits().askAfterMs();
  }

  /** So long after its end what was repaired sooner is read once more (market ms); 0 for never. */
  long auditMs() {
    return settings.profile().waits().audit().toMillis();
  }

  void schedule(OpenGap gap) {
    long dueMs = gap.dueMs(askAfterMs());
    schedule(new WorkQueue.Work(gap.key(), WorkQueue.Kind.GAP, gap.dayMs(), dueMs));
  }

  void schedule(Recheck recheck) {
    long dueMs = recheck.dueMs(askAfterMs());
    schedule(new WorkQueue.Work(recheck.key(), WorkQueue.Kind.RECHECK, recheck.fromMs(), dueMs));
  }

  void schedule(TradeSpan span) {
    schedule(
        new WorkQueue.Work(
            span.key(), WorkQueue.Kind.TRADES, span.hole().fromMs(), span.nextTryMs()));
  }

  private void schedule(WorkQueue.Work item) {
    work.put(item);
    refusedUntilMs = 0;
  }

  /** The walk through a span's trades in this attempt. */
  TradeWalk walk(TradeSpan span) {
    return walks.computeIfAbsent(
        span.key(),
        key ->
            new TradeWalk(
                span,
                span.ends(
                    new TradeEvidence.Ends(
                        settings.profile().proofs().firstTradeId(), lastIds(span.stream())))));
  }

  /** Whether as many searches of a stream's trades are under way as may be. */
  boolean isSearching(StreamKey stream) {
    String mine = stream.id() + "#";
    return walks.keySet().stream().filter(key -> key.startsWith(mine)).count() >= MOST_SEARCHES;
  }

  void forgetWalk(String span) {
    walks.remove(span);
  }

  /** The live chain says: no trade before {@code timeMs} has an id above {@code lastId}. */
  void joined(StreamKey stream, long timeMs, long lastId) {
    NavigableMap<Long, Long> known = lastIds(stream);
    known.put(timeMs, lastId);
    if (known.size() > MOST_JOINTS) {
      known.pollFirstEntry();
    }
  }

  private NavigableMap<Long, Long> lastIds(StreamKey stream) {
    return lastIds.computeIfAbsent(stream.id(), id -> new TreeMap<>());
  }

  /**
   * Whether a gap's trades are asked for beside its candles: at once where the venue's candles have
   * no row for silence, else when a sweep through them has settled nothing.
   */
  boolean searchesTrades(OpenGap gap) {
    return !venue.foldsHistory() || gap.attempts() >= 2;
  }

  /** The venue's time when ours is {@code ourMs}, both market time, epoch ms. */
  long venueTime(long ourMs) {
    return clock.at(ourMs);
  }

  /** Our time when the venue's is {@code venueMs}. */
  long ourTime(long venueMs) {
    return venueMs - clock.offsetMs();
  }

  /** An answer says what time it is at the venue. */
  void answered(RestResponse response, long ourMs) {
    if (response.dateMs() != RestResponse.ABSENT) {
      clock.answered(response.dateMs(), ourMs);
    }
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
