package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.proof.Silence;
import dev.candles.core.time.VenueClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A venue that trades in each second of each minute, and whose feed closes nothing; its REST is
 * honest and answers within the second. The planner is driven five times a second.
 */
final class ConfirmedVenue implements CandleVenue {
  static final long T0 = 1_767_571_200_000L;
  static final long SETTLE_MS = 120_000;
  static final double VOLUME = 10;
  private static final long MINUTE = 60_000;
  private static final long SECOND = 1_000;
  private static final long TICK =
      (SECOND + RequestLimiter.MARGIN_MS) / 5; // of a full budget's window

  final List<GapState.Page> pages = new ArrayList<>();
  final List<LedgerEvent> events = new ArrayList<>();
  final List<String> lines = new ArrayList<>();

  /** What its rows lack, and whether nobody answers. */
  double lacking;

  boolean away;

  /** Nobody trades from then on, epoch ms, and no row says so, and until when. */
  long silentFromMs = Long.MAX_VALUE;

  long silentToMs = Long.MAX_VALUE;

  /** Whether an answer shows the minute that is not over. */
  boolean shown = true;

  /** How many rows an answer holds, which then says where they begin; it keeps the newest. */
  int most = Integer.MAX_VALUE;

  /** How many it holds without a word, and keeps the oldest. */
  int mostOfOldest = Integer.MAX_VALUE;

  /** A request across it (epoch ms, UTC) asks for the newer part alone. */
  long borderMs = Long.MIN_VALUE;

  int mostInASecond;

  private final int requestsPerSecond;
  private final long depthMs;
  private final Map<StreamKey, TreeMap<Long, Candle>> finals = new HashMap<>();
  private final Map<StreamKey, Map<Long, Long>> finalMs = new HashMap<>();
  private final Deque<Long> sent = new ArrayDeque<>();
  private RepairPlanner planner;
  private long nowMs = T0;

  ConfirmedVenue(int requestsPerSecond) {
    this(requestsPerSecond, 0);
  }

  /**
   * @param depthMs how long it keeps rows (market milliseconds); 0 for ever
   */
  ConfirmedVenue(int requestsPerSecond, long depthMs) {
    this.requestsPerSecond = requestsPerSecond;
    this.depthMs = depthMs;
    planner = planner(new MemoryStore());
  }

  private RepairPlanner planner(RepairStore store) {
    return new RepairPlanner(
        this,
        store,
        (level, pattern, values) -> lines.add(pattern + ' ' + Arrays.toString(values)),
        new VenueClock(),
        nowMs - 10 * SECOND);
  }

  static StreamKey stream(String symbol) {
    return new StreamKey("model", symbol, Timeframe.BASE);
  }

  /** A stream begins at {@link #T0}. */
  StreamKey announce(String symbol) {
    StreamKey stream = stream(symbol);
    announceAgain(stream, T0, T0);
    return stream;
  }

  /** The lake holds nothing of {@code [fromMs, toMs)}; it is {@code toMs}. */
  void announceAgain(StreamKey stream, long fromMs, long toMs) {
    announceAgain(stream, fromMs, toMs, Intervals.empty());
  }

  /** The lake holds candles of {@code held}. */
  void announceAgain(StreamKey stream, long fromMs, long toMs, Intervals held) {
    nowMs = toMs;
    long[] none = {};
    StreamBootstrap lake =
        new StreamBootstrap(
            fromMs,
            toMs,
            held.toArray(),
            none,
            none,
            0,
            0,
            stream.symbol(),
            Evidence.REST,
            List.of());
    take(planner.take(RepairEvent.announced(stream, lake)));
  }

  void restart(RepairStore store) {
    planner = planner(store);
  }

  void over(StreamKey stream, long fromMs, long toMs) {
    news(new RepairEvent.Confirm(stream, fromMs, toMs));
  }

  void news(RepairEvent event) {
    take(planner.take(event));
  }

  void missing(StreamKey stream, long fromMs, long toMs) {
    take(planner.take(RepairEvent.gap(stream, Intervals.of(fromMs, toMs), Reason.HISTORY)));
  }

  /** Time passes, and each minute is said to be over when it is. */
  void live(StreamKey stream, long fromMs, long toMs) {
    for (long at = fromMs; at < toMs; at += MINUTE) {
      run(at + MINUTE);
      over(stream, at, at + MINUTE);
    }
  }

  /** Time passes. */
  void run(long toMs) {
    StreamDayQuota days = new StreamDayQuota(Integer.MAX_VALUE);
    for (; nowMs < toMs; nowMs += TICK) {
      List<RepairRequest> asked = planner.requests(days, nowMs);
      while (!asked.isEmpty()) {
        asked.forEach(this::sent);
        asked.forEach(request -> take(planner.answered(answer(request), nowMs)));
        asked = planner.requests(days, nowMs);
      }
    }
  }

  private void sent(RepairRequest request) {
    sent.addLast(nowMs);
    while (sent.getFirst() <= nowMs - SECOND) {
      sent.removeFirst();
    }
    mostInASecond = Math.max(mostInASecond, sent.size());
    if (request.page() != null && !away) {
      pages.add(request.page());
    }
  }

  private RepairAnswer answer(RepairRequest request) {
    if (away) {
      return RepairAnswer.none(request, "away");
    }
    RestQuery query = request.query();
    long newestMs = Timeframe.M1.floor(nowMs);
    List<Candle> rows = new ArrayList<>();
    long toMs = Math.min(query.toMs(), newestMs + (shown ? MINUTE : 0));
    long fromMs = Math.max(query.fromMs(), depthMs == 0 ? 0 : Timeframe.M1.ceil(nowMs - depthMs));
    for (long open = fromMs; open < toMs; open += MINUTE) {
      if (open < silentFromMs || open >= silentToMs) {
        rows.add(row(query.stream(), open));
      }
    }
    RestAnswer said = cut(rows);
    return new RepairAnswer(request, 200, nowMs, nowMs, -1, at -> said, "");
  }

  private RestAnswer cut(List<Candle> rows) {
    if (rows.size() > most) {
      List<Candle> newest = rows.subList(rows.size() - most, rows.size());
      return RestAnswer.rows(newest, List.of(), List.of())
          .reaching(AnswerReach.from(newest.get(0).openTimeMs()));
    }
    List<Candle> oldest = rows.subList(0, Math.min(rows.size(), mostOfOldest));
    return RestAnswer.rows(oldest, List.of(), List.of());
  }

  private Candle row(StreamKey stream, long openMs) {
    return new Candle(
        stream,
        openMs,
        new Ohlc(1, 2, 1, 2),
        Volumes.ofBase(VOLUME - lacking),
        TradeRange.UNKNOWN,
        Provenance.first(Evidence.REST, "rest", 0));
  }

  private void take(RepairEffects effects) {
    for (LedgerEvent event : effects.ledger()) {
      events.add(event);
      if (event instanceof LedgerEvent.Final told) {
        Candle candle = told.candle();
        StreamKey stream = candle.stream();
        finals.computeIfAbsent(stream, s -> new TreeMap<>()).put(candle.openTimeMs(), candle);
        finalMs
            .computeIfAbsent(stream, s -> new HashMap<>())
            .putIfAbsent(candle.openTimeMs(), nowMs);
      }
    }
  }

  <T extends LedgerEvent> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Intervals finals(StreamKey stream) {
    long[] opens =
        finals.getOrDefault(stream, new TreeMap<>()).keySet().stream()
            .mapToLong(Long::longValue)
            .toArray();
    return Intervals.ofOpenTimes(opens, MINUTE);
  }

  Candle current(StreamKey stream, long openMs) {
    return finals.get(stream).get(openMs);
  }

  /** When an interval became final. */
  long finalMs(StreamKey stream, long openMs) {
    return finalMs.get(stream).get(openMs);
  }

  @Override
  public RepairProfile profile() {
    return new RepairProfile(
        "model",
        Silence.ABSENT_ROWS,
        -1,
        0,
        false,
        true,
        300,
        SETTLE_MS,
        600_000,
        depthMs,
        List.of(),
        Map.of("rest", new RepairProfile.Budget(requestsPerSecond, SECOND)));
  }

  @Override
  public RestQuery candles(StreamKey stream, Market market, GapState.Page page, long now) {
    boolean older = page.endMs() <= borderMs;
    long fromMs = older ? page.askFromMs() : Math.max(page.askFromMs(), borderMs);
    return new RestQuery("", "rest", stream, fromMs, page.askToMs());
  }

  @Override
  public long settledToMs(long saidMs, long newestMs) {
    return AnswerAge.settledToMs(saidMs, newestMs, SETTLE_MS);
  }
}
