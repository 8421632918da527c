package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.lake.StreamInventory;
import dev.candles.core.proof.Silence;
import dev.candles.core.time.VenueClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A venue that names no listing time; the lake knows by trade 1 what lies before it. */
class ListedInTheLakeTest implements CandleVenue {
  private static final long MINUTE = Candles.MINUTE;
  private static final long DAY = Timeframe.D1.millis();
  private static final long HISTORY = Candles.T0;
  private static final long LISTED = HISTORY + 40 * DAY;
  private static final long NOW = HISTORY + 42 * DAY;
  private static final Intervals BEFORE = Intervals.of(HISTORY, LISTED);

  private final MemoryStore store = new MemoryStore();
  private final List<RestQuery> asked = new ArrayList<>();
  private final List<LedgerEvent> told = new ArrayList<>();
  private long nowMs = NOW;
  private long firstRowMs = LISTED + 600 * MINUTE;

  @Test
  void itsNewestDayIsAskedForOnceADayAndNoLargerCandles() {
    RepairPlanner planner = start();
    run(planner, DAY);
    assertThat(asked).hasSizeBetween(1, 40);
    assertThat(asked).allMatch(query -> query.stream().equals(Candles.STREAM));
    assertThat(asked).allMatch(query -> query.toMs() > LISTED - DAY);
    assertThat(told).isEmpty();
  }

  @Test
  void aStateThatAsksForLargerCandlesOfBeforeItForgetsThem() {
    StreamKey hours = Candles.STREAM.in(Timeframe.H1);
    RepairStore.Tasks<GapState> gaps = store.tasks(GapTask.STORED);
    for (long day : DayCoverage.byDay(BEFORE).keySet()) {
      Intervals all = Intervals.of(day, day + DAY);
      GapState gap = GapState.fresh(hours, day, all, Reason.BASE);
      gaps.put(gap.key(), gap);
    }
    run(start(), MINUTE);
    assertThat(gaps.all()).extracting(GapState::stream).containsOnly(Candles.STREAM);
  }

  @Test
  void aRowBeforeItMakesAllOfItBeAskedFor() {
    firstRowMs = HISTORY;
    run(start(), DAY);
    TreeSet<Long> finals = new TreeSet<>();
    for (LedgerEvent event : told) {
      if (event instanceof LedgerEvent.Final one) {
        finals.add(one.candle().openTimeMs());
      }
    }
    long[] opens = finals.stream().mapToLong(Long::longValue).toArray();
    assertThat(Intervals.ofOpenTimes(opens, MINUTE)).isEqualTo(BEFORE);
  }

  /** A start with the state of {@link #store}, if there is any. */
  private RepairPlanner start() {
    RepairPlanner planner =
        new RepairPlanner(
            this, store, (level, pattern, values) -> {}, new VenueClock(), nowMs - MINUTE);
    StreamInventory held =
        new StreamInventory(
            Candles.STREAM,
            HISTORY,
            NOW,
            Intervals.of(LISTED, NOW),
            Intervals.empty(),
            BEFORE,
            LISTED,
            1,
            List.of());
    planner.take(
        RepairEvent.announced(
            Candles.STREAM, StreamBootstrap.of(held, 0, "BTC-USD", Evidence.TRADE_CHAIN)));
    return planner;
  }

  private void run(RepairPlanner planner, long forMs) {
    StreamDayQuota days = new StreamDayQuota(Integer.MAX_VALUE);
    for (long endMs = nowMs + forMs; nowMs < endMs; nowMs += 1_000) {
      for (RepairRequest request : planner.requests(days, nowMs)) {
        asked.add(request.query());
        List<Candle> rows = new ArrayList<>();
        long stepMs = request.query().stream().timeframe().millis();
        boolean base = stepMs == MINUTE;
        long fromMs = Math.max(firstRowMs, request.query().fromMs());
        for (long open = fromMs; base && open < request.query().toMs(); open += stepMs) {
          rows.add(Candles.candle(open, 5, 1, Evidence.REST));
        }
        RestAnswer said = RestAnswer.rows(rows, List.of(), List.of());
        RepairAnswer answer = new RepairAnswer(request, 200, nowMs, nowMs, -1, at -> said, "");
        told.addAll(planner.answered(answer, nowMs).ledger());
      }
    }
  }

  @Override
  public RepairProfile profile() {
    return new RepairProfile(
        "coinbase",
        Silence.TRADE_IDS,
        1,
        0,
        false,
        false,
        300,
        0,
        0,
        0,
        List.of(Timeframe.M5, Timeframe.H1),
        Map.of("rest", new RepairProfile.Budget(10, 1_000)));
  }
}
