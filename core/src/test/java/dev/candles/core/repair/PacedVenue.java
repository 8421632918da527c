package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthRules;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.health.Transition;
import dev.candles.core.health.VenueHealth;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.proof.Silence;
import dev.candles.core.time.VenueClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A venue that has a row of each minute that is over, and answers 150 ms later; a planner that is
 * driven twenty times a second, within a budget. A minute counts as done when its candle was told.
 */
final class PacedVenue implements CandleVenue {
  static final long T0 = 1_767_571_200_000L + 6 * 3_600_000;
  static final long MINUTE = 60_000;
  static final long DAY = Timeframe.D1.millis();
  private static final long TICK = 50;
  private static final long LATENCY = 150;
  private static final long SETTLE_MS = 3_000;

  final MemoryStore store = new MemoryStore();
  final List<HealthSignal> signals = new ArrayList<>();
  final List<Transition> transitions = new ArrayList<>();
  final List<RestQuery> queries = new ArrayList<>();
  int requests;
  int refusals;

  /** How far our clock is ahead of the venue's. */
  long oursAheadMs;

  /** Tokens that the venue has, and gets each second; as many as are wanted if below zero. */
  double tokens = -1;

  double tokensPerSecond;

  /** What it says instead of rows; {@code retryAfterMs} goes with it. */
  int status = 200;

  long retryAfterMs = -1;

  /** How many more answers are of {@link #status}. */
  int failing = Integer.MAX_VALUE;

  /** If above zero it says that it is busy, and to come back after so long. */
  long busyMs;

  private final RepairProfile.Budget budget;
  private final Silence silence;
  private RepairPlanner planner;
  private final VenueHealth health =
      new VenueHealth(HealthRules.RUNBOOK, VenueHealth.Snapshot.fresh(T0));
  private final StreamDayQuota days = new StreamDayQuota(200);
  private final Deque<Flight> flying = new ArrayDeque<>();
  private final Map<String, Map<Long, Long>> doneMs = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private double most;
  private long tokensAtMs = T0;
  private long nowMs = T0;

  private record Flight(long atMs, RepairRequest request) {}

  PacedVenue(int budget, long windowMs, Silence silence) {
    this.budget = new RepairProfile.Budget(budget, windowMs);
    this.silence = silence;
    this.planner = planner(store);
  }

  /** Streams of which the lake lacks all since {@code fromMs}. */
  List<StreamKey> announce(int streams, long fromMs) {
    List<StreamKey> all = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      StreamKey stream = new StreamKey("model", "S%03d-USD".formatted(i), Timeframe.M1);
      news(announced(stream, fromMs));
      all.add(stream);
    }
    return all;
  }

  RepairEvent announced(StreamKey stream, long fromMs) {
    long[] none = {};
    String symbol = stream.symbol();
    return RepairEvent.announced(
        stream,
        new StreamBootstrap(fromMs, T0, none, none, none, 0, 0, symbol, Evidence.REST, List.of()));
  }

  void news(RepairEvent event) {
    take(planner.take(event));
  }

  long nowMs() {
    return nowMs;
  }

  long ourMs() {
    return nowMs + oursAheadMs;
  }

  RepairPlanner planner(RepairStore of) {
    return new RepairPlanner(this, of, (level, p, v) -> {}, new VenueClock(), T0);
  }

  RepairPlanner planner() {
    return planner;
  }

  /** A new process over the store of a checkpoint; what was on its way is lost. */
  void restart(RepairStore checkpoint) {
    flying.clear();
    planner = planner(checkpoint);
  }

  /** Time passes. */
  void run(long toMs) {
    for (; nowMs < toMs; nowMs += TICK) {
      if ((nowMs - T0) % 30_000 == 0) {
        days.renew();
      }
      while (!flying.isEmpty() && flying.getFirst().atMs <= nowMs) {
        take(planner.answered(answer(flying.removeFirst().request), ourMs()));
      }
      for (RepairRequest request : planner.requests(days, ourMs())) {
        requests++;
        queries.add(request.query());
        asked.add(request.query().stream().symbol());
        flying.addLast(new Flight(nowMs + LATENCY, request));
      }
    }
  }

  private RepairAnswer answer(RepairRequest request) {
    RestAnswer said = has() ? rows(request.query()) : refusal();
    if ((status != 200 || busyMs > 0) && failing-- > 0) {
      RestAnswer failed =
          busyMs > 0 ? RestAnswer.busy(busyMs, "busy") : RestAnswer.failed("busy", List.of());
      return new RepairAnswer(request, status, nowMs, nowMs, retryAfterMs, at -> failed, "");
    }
    return new RepairAnswer(request, 200, nowMs, nowMs, -1, at -> said, "");
  }

  private boolean has() {
    if (tokens < 0) {
      return true;
    }
    most = Math.max(most, tokens);
    tokens = Math.min(most, tokens + (nowMs - tokensAtMs) / 1e3 * tokensPerSecond);
    tokensAtMs = nowMs;
    boolean has = tokens >= 1;
    tokens -= has ? 1 : 0;
    return has;
  }

  private RestAnswer refusal() {
    refusals++;
    return RestAnswer.throttled(5_000, "Too many requests");
  }

  private RestAnswer rows(RestQuery query) {
    long runningMs = Timeframe.M1.floor(nowMs);
    List<Candle> rows = new ArrayList<>();
    for (long open = query.fromMs(); open < Math.min(query.toMs(), runningMs); open += MINUTE) {
      rows.add(
          new Candle(
              query.stream(),
              open,
              new Ohlc(1, 2, 1, 2),
              Volumes.ofBase(1),
              new TradeRange(1L, null, null),
              Provenance.first(Evidence.REST, "rest", nowMs)));
    }
    return RestAnswer.rows(rows, List.of(), List.of(), runningMs, TradePage.NONE, List.of());
  }

  private void take(RepairEffects effects) {
    for (LedgerEvent event : effects.ledger()) {
      if (event instanceof LedgerEvent.Final told) {
        doneMs
            .computeIfAbsent(told.stream().id(), id -> new HashMap<>())
            .putIfAbsent(told.candle().openTimeMs(), nowMs);
      }
    }
    signals.addAll(effects.health());
    effects.health().forEach(signal -> health.take(signal).ifPresent(transitions::add));
  }

  long failures(FailureReason reason) {
    return signals.stream().filter(signal -> signal.failure() == reason).count();
  }

  /** When a minute was done, if it is. */
  OptionalLong doneMs(StreamKey stream, long openMs) {
    Long at = doneMs.getOrDefault(stream.id(), Map.of()).get(openMs);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }

  /** The minutes of a stream that are done. */
  Intervals done(StreamKey stream) {
    long[] opens =
        doneMs.getOrDefault(stream.id(), Map.of()).keySet().stream()
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return Intervals.ofOpenTimes(opens, MINUTE);
  }

  /** How many minutes of a range are not done. */
  long open(StreamKey stream, long fromMs, long toMs) {
    long done =
        doneMs.getOrDefault(stream.id(), Map.of()).keySet().stream()
            .filter(open -> open >= fromMs && open < toMs)
            .count();
    return Intervals.of(fromMs, toMs).length() / MINUTE - done;
  }

  /** How many streams were asked for. */
  int streamsAsked() {
    return asked.size();
  }

  @Override
  public RepairProfile profile() {
    return new RepairProfile(
        "model",
        silence,
        1,
        2_000,
        true,
        false,
        600,
        SETTLE_MS,
        600_000,
        0,
        List.of(),
        Map.of("rest", budget));
  }

  @Override
  public long settledToMs(long saidMs, long newestMs) {
    return AnswerAge.settledToMs(saidMs, newestMs, SETTLE_MS);
  }
}
