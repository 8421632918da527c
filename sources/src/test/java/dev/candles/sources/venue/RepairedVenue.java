package dev.candles.sources.venue;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RepairAnswer;
import dev.candles.core.repair.RepairPlanner;
import dev.candles.core.repair.RepairRequest;
import dev.candles.core.repair.RepairStore;
import dev.candles.core.repair.StreamDayQuota;
import dev.candles.core.time.VenueClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The repair of one stream of a venue by its real adapter, from a REST that a test plays. */
public final class RepairedVenue extends RestVenue {
  private static final long STEP_MS = 500;

  /** Answers a request. */
  public interface Rest {
    /**
     * The body of an answer with status 200.
     *
     * @param nowMs the venue's time, epoch ms
     */
    String answer(String path, long nowMs);
  }

  private final StreamKey stream;
  private final Rest rest;
  private final Map<String, Map<String, Object>> stored = new HashMap<>();
  private RepairPlanner planner;
  private final StreamDayQuota days = new StreamDayQuota(Integer.MAX_VALUE);
  private long nowMs;
  private int requests;
  private Intervals lost = Intervals.empty();

  public RepairedVenue(Venue venue, StreamKey stream, Rest rest, long nowMs) {
    this(venue, List.of(), stream, rest, nowMs);
  }

  /**
   * @param collected the timeframes that are collected
   */
  public RepairedVenue(
      Venue venue, List<Timeframe> collected, StreamKey stream, Rest rest, long nowMs) {
    this(venue, venue.profile(), collected, stream, rest, nowMs);
  }

  /**
   * @param facts instead of the venue's own
   */
  public RepairedVenue(Venue venue, VenueProfile facts, StreamKey stream, Rest rest, long nowMs) {
    this(venue, facts, List.of(), stream, rest, nowMs);
  }

  private RepairedVenue(
      Venue venue,
      VenueProfile facts,
      List<Timeframe> collected,
      StreamKey stream,
      Rest rest,
      long nowMs) {
    super(venue, facts, collected);
    this.stream = stream;
    this.rest = rest;
    this.nowMs = nowMs;
    planner = planner();
  }

  private RepairPlanner planner() {
    return new RepairPlanner(
        this, new Stored(stored), (level, pattern, values) -> {}, new VenueClock(), nowMs);
  }

  /** It starts again, and this is among what it had kept. */
  public void restored(GapState gap) {
    stored.computeIfAbsent("gaps", name -> new TreeMap<>()).put(gap.key(), gap);
    planner = planner();
  }

  /** All of {@code [fromMs, toMs)} is missing. */
  public void announceMissing(String venueSymbol, long fromMs, long toMs) {
    announce(venueSymbol, fromMs, toMs, new long[] {fromMs, toMs});
  }

  /** Nothing of {@code [fromMs, toMs)} is missing. */
  public void announceKnown(String venueSymbol, long fromMs, long toMs) {
    announce(venueSymbol, fromMs, toMs, new long[] {});
  }

  private void announce(String venueSymbol, long fromMs, long toMs, long[] missing) {
    long[] none = {};
    planner.take(new RepairEvent.Announced(stream, fromMs, toMs, missing, none, venueSymbol, 0));
  }

  /** Time passes; an answer comes at once. */
  public void run(long forMs) {
    for (long endMs = nowMs + forMs; nowMs < endMs; nowMs += STEP_MS) {
      for (RepairRequest request : planner.requests(days, nowMs)) {
        requests++;
        String body = rest.answer(request.query().path(), nowMs);
        RepairAnswer answer =
            new RepairAnswer(
                request, 200, nowMs, nowMs, -1, at -> decode(request, 200, body, at), "");
        planner.answered(answer, nowMs).ledger().forEach(this::told);
      }
    }
  }

  private void told(LedgerEvent event) {
    if (event instanceof LedgerEvent.Unrecoverable told) {
      lost = lost.union(Intervals.of(told.fromMs(), told.toMs()));
    }
  }

  /** What is still asked for. */
  public Intervals open() {
    Intervals open = Intervals.empty();
    for (Object gap : stored.getOrDefault("gaps", Map.of()).values()) {
      open = open.union(((GapState) gap).open());
    }
    return open;
  }

  /** The same facts, but one request in so long by one of the budgets. */
  public static VenueProfile slowed(VenueProfile facts, String budget, Duration window) {
    Map<String, VenueProfile.Budget> budgets = new HashMap<>(facts.budgets());
    budgets.put(budget, new VenueProfile.Budget(1, window, window));
    return with(facts, facts.proofs(), budgets);
  }

  /** The same facts, but what is older than that is said not to be kept. */
  public static VenueProfile keeping(VenueProfile facts, Duration depth) {
    VenueProfile.Proofs proofs = facts.proofs();
    return with(
        facts,
        new VenueProfile.Proofs(proofs.silence(), proofs.firstTradeId(), depth),
        facts.budgets());
  }

  private static VenueProfile with(
      VenueProfile facts, VenueProfile.Proofs proofs, Map<String, VenueProfile.Budget> budgets) {
    return new VenueProfile(
        facts.name(),
        facts.webSocket(),
        facts.rest(),
        facts.waits(),
        facts.finality(),
        proofs,
        facts.pageRows(),
        budgets,
        facts.limits());
  }

  /** What was given up. */
  public Intervals lost() {
    return lost;
  }

  /** How many requests went out. */
  public int requests() {
    return requests;
  }

  /** Tasks in memory. */
  private record Stored(Map<String, Map<String, Object>> byKind) implements RepairStore {
    @Override
    public <T> Tasks<T> tasks(Kind<T> kind) {
      Map<String, Object> mine = byKind.computeIfAbsent(kind.name(), name -> new TreeMap<>());
      return new Tasks<>() {
        @Override
        public T get(String key) {
          return kind.type().cast(mine.get(key));
        }

        @Override
        public void put(String key, T task) {
          mine.put(key, task);
        }

        @Override
        public void remove(String key) {
          mine.remove(key);
        }

        @Override
        public List<T> all() {
          List<T> all = new ArrayList<>();
          mine.values().forEach(task -> all.add(kind.type().cast(task)));
          return all;
        }
      };
    }
  }
}
