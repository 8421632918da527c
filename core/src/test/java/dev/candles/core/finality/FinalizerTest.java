package dev.candles.core.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.EmptyInterval;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.time.Retention;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocol around {@link LiveEdge} and {@link TradeJoin}; chains are in TradeChainTest. */
class FinalizerTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final long PASSED = Retention.COLLECTOR.passedMs();
  private static final int PASSED_MINUTES = (int) (PASSED / MINUTE);

  private final FinalizerStore store = FinalizerStore.inMemory();
  private final List<LedgerEvent> ledger = new ArrayList<>();
  private final List<RepairEvent> repairs = new ArrayList<>();
  private Finalizer finalizer = new Finalizer(store, Retention.COLLECTOR);

  @Test
  void nothingLiveIsTakenBeforeTheLakeIsAnnouncedInThisAttempt() {
    assertThatThrownBy(() -> closed(0, 100))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("live before announced: stream=okx/BTC-USDT/1m");
    announce(Evidence.VENUE_FLAG, 0);
    closed(0, 100);
    finalizer = new Finalizer(store, Retention.COLLECTOR);
    assertThatThrownBy(() -> closed(1, 100)).hasMessageStartingWith("live before announced");
  }

  @Test
  void whereRestConfirmsAnIntervalThatIsOverIsToldOnceAndIsNoGap() {
    announce(Evidence.REST, 3);
    repairs.clear();
    take(new LiveEvent.Clock(Candles.STREAM, T0 + 5 * MINUTE));
    take(new LiveEvent.Clock(Candles.STREAM, T0 + 5 * MINUTE));
    take(new LiveEvent.Clock(Candles.STREAM, T0 + 4 * MINUTE));

    assertThat(repairs)
        .singleElement()
        .isEqualTo(new RepairEvent.Confirm(Candles.STREAM, T0 + 3 * MINUTE, T0 + 5 * MINUTE));
    assertThatThrownBy(() -> closed(5, 100)).hasMessageStartingWith("told by the feed where REST");
    assertThatThrownBy(
            () -> take(new LiveEvent.Silent(Candles.STREAM, T0, new EmptyInterval(1, true))))
        .hasMessageStartingWith("silence by trade ids where REST confirms");
  }

  @Test
  void whatIsToldOfAnotherFinalityIsOurOwnFault() {
    announce(Evidence.VENUE_FLAG, 0);
    assertThatThrownBy(() -> fold(0, 1, 2, true)).hasMessageStartingWith("not closed by the venue");
    assertThatThrownBy(
            () -> take(new LiveEvent.Silent(Candles.STREAM, T0, new EmptyInterval(1, true))))
        .hasMessageStartingWith("silence by trade ids where candles are closed");
    announce(Evidence.TRADE_CHAIN, 0);
    assertThatThrownBy(() -> closed(0, 100)).hasMessageStartingWith("closed by the venue");
    assertThatThrownBy(() -> announce(Evidence.ROLLUP, 0))
        .hasMessage("not the evidence of a live path: ROLLUP");
  }

  /** Closed candles in any order, repeated, changed and lost; marks of the clock; restarts. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void everyMinuteIsPassedOrOneGapAndEachChangeIsAskedAbout(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Long, Candle> held = new TreeMap<>();
    Set<Integer> doubted = new HashSet<>();
    announce(Evidence.VENUE_FLAG, 0);
    int newest = 0;
    int asked = 0;
    for (int step = 0; step < 600; step++) {
      int minute = random.nextInt(4) == 0 ? Math.max(0, newest - random.nextInt(400)) : newest++;
      Candle candle = candle(minute, random.nextInt(8) == 0 ? 101 : 100);
      long before = store.frontierMs();
      Candle known = held.get(candle.openTimeMs());
      boolean remembered = minute >= (before - T0) / MINUTE - PASSED_MINUTES;
      switch (random.nextInt(12)) {
        case 0 -> {} // lost
        case 1 -> take(new LiveEvent.Clock(Candles.STREAM, candle.endTimeMs()));
        default -> {
          ledger.clear();
          take(new CompletedInterval(candle, true, false));
          if (known != null
              && remembered
              && (known.close() != candle.close() || doubted.contains(minute))) {
            assertThat(ledger).as("minute %s is a question", minute).isEmpty();
            doubted.add(minute);
            asked++;
          } else {
            assertThat(ledger).containsExactly(new LedgerEvent.Final(candle));
            held.put(candle.openTimeMs(), candle);
          }
        }
      }
      assertThat(store.frontierMs()).as("the frontier").isGreaterThanOrEqualTo(before);
    }
    assertThat(of(RepairEvent.Reconfirm.class)).as("questions").hasSize(asked);
    assertAccounted(held);
  }

  /** Gaps name each minute once; with the candles they leave none out. */
  private void assertAccounted(Map<Long, Candle> held) {
    Intervals gaps = Intervals.empty();
    for (RepairEvent.Gap gap : of(RepairEvent.Gap.class)) {
      Intervals more = Intervals.fromArray(gap.missing());
      assertThat(gaps.intersect(more).isEmpty()).as("named once: %s", more).isTrue();
      gaps = gaps.union(more);
    }
    for (long open = T0; open < store.frontierMs(); open += MINUTE) {
      assertThat(gaps.contains(open) || held.containsKey(open)).as("%s", open).isTrue();
    }
  }

  @Test
  void aPassedCandleIsRememberedForThreeHoursAndNotLonger() {
    announce(Evidence.VENUE_FLAG, 0);
    closed(0, 100);
    closed(PASSED_MINUTES - 1, 100);
    closed(0, 101);
    assertThat(of(RepairEvent.Reconfirm.class))
        .extracting(
            RepairEvent.Reconfirm::fromMs,
            RepairEvent.Reconfirm::toMs,
            RepairEvent.Reconfirm::candidate)
        .containsExactly(tuple(T0, T0 + MINUTE, candle(0, 101)));
    closed(PASSED_MINUTES, 100);
    assertThat(store.passed().get(T0)).isNull();
    closed(0, 102);
    assertThat(of(RepairEvent.Reconfirm.class)).hasSize(1);
    assertThat(ledger).as("the ledger knows more").contains(new LedgerEvent.Final(candle(0, 102)));
    assertThat(store.passed().get(T0)).as("too old to be remembered anew").isNull();
  }

  @Test
  void aJumpBeyondWhatIsRememberedForgetsAllOfIt() {
    announce(Evidence.VENUE_FLAG, 0);
    closed(0, 100);
    closed(5 * PASSED_MINUTES, 100);
    assertThat(store.passed().get(T0)).isNull();
    assertThat(of(RepairEvent.Gap.class))
        .singleElement()
        .satisfies(gap -> assertThat(gap.reason()).isEqualTo(Reason.SKIPPED));
  }

  @Test
  void aDeadlineMakesAGapOnceAndALateCandleStillPasses() {
    announce(Evidence.VENUE_FLAG, 0);
    take(new LiveEvent.Clock(Candles.STREAM, T0 + MINUTE));
    take(new LiveEvent.Clock(Candles.STREAM, T0 + MINUTE));
    closed(0, 100);
    assertThat(of(RepairEvent.Gap.class))
        .singleElement()
        .satisfies(gap -> assertThat(gap.reason()).isEqualTo(Reason.NOT_CLOSED));
    assertThat(ledger).containsExactly(new LedgerEvent.Final(candle(0, 100)));
  }

  @Test
  void anInterruptionAsksAboutTheTenMinutesBeforeItAndAtMostThreeHours() {
    announce(Evidence.VENUE_FLAG, 1_000);
    long frontier = store.frontierMs();
    take(new LiveEvent.Interrupted(Candles.STREAM, frontier - MINUTE));
    take(new LiveEvent.Interrupted(Candles.STREAM, T0));
    take(new LiveEvent.Interrupted(Candles.STREAM, frontier + 20 * MINUTE));
    assertThat(of(RepairEvent.Reconfirm.class))
        .extracting(RepairEvent.Reconfirm::fromMs, RepairEvent.Reconfirm::toMs)
        .containsExactly(
            tuple(frontier - 11 * MINUTE, frontier), tuple(frontier - PASSED, frontier));
  }

  @Test
  void afterARestartTheLakesVersionsAndItsLastMinutesCount() {
    closedWhileTheLakeHolds(Evidence.VENUE_FLAG);
    assertThat(of(RepairEvent.Reconfirm.class))
        .extracting(RepairEvent.Reconfirm::fromMs, RepairEvent.Reconfirm::toMs)
        .startsWith(tuple(T0 - 5 * MINUTE, T0 + 5 * MINUTE));
    closed(4, 107);
    assertThat(of(RepairEvent.Reconfirm.class)).as("it differs from the lake's").hasSize(2);
  }

  /** A flat row is passed as any closed row is; the ledger makes nothing of it but an emptiness. */
  @Test
  void aFlatRowAndACandleOfOneIntervalDifferWhicheverCameFirst() {
    announce(Evidence.VENUE_FLAG, 0);
    take(new CompletedInterval(flat(0, 100), true, false));
    closed(1, 100);
    assertThat(ledger)
        .containsExactly(
            new LedgerEvent.Final(flat(0, 100)), new LedgerEvent.Final(candle(1, 100)));
    assertThat(store.frontierMs()).isEqualTo(T0 + 2 * MINUTE);
    closed(0, 101);
    take(new CompletedInterval(flat(1, 100), true, false));
    assertThat(ledger).as("neither is believed over the other").hasSize(2);
    assertThat(of(RepairEvent.Reconfirm.class))
        .extracting(RepairEvent.Reconfirm::candidate)
        .containsExactly(candle(0, 101), flat(1, 100));
    take(new CompletedInterval(flat(0, 99), true, false));
    assertThat(of(RepairEvent.Reconfirm.class))
        .extracting(RepairEvent.Reconfirm::candidate)
        .as("the venue has gone back to the first")
        .endsWith(flat(0, 99))
        .hasSize(3);
  }

  /** What was passed is no more believed than the candle that the venue closed after it. */
  @Test
  void whatWasAskedAboutIsAskedAboutAgainUntilItIsForgottenAndNeverPassed() {
    announce(Evidence.VENUE_FLAG, 0);
    closed(0, 100);
    closed(0, 101);
    closed(0, 101);
    closed(0, 100);
    assertThat(ledger).containsExactly(new LedgerEvent.Final(candle(0, 100)));
    assertThat(of(RepairEvent.Reconfirm.class))
        .extracting(RepairEvent.Reconfirm::candidate)
        .containsExactly(candle(0, 101), candle(0, 101), candle(0, 100));
  }

  @Test
  void afterARestartTheLakesSilenceCountsAsItsCandlesDo() {
    closedWhileTheLakeHoldsSilence(Evidence.VENUE_FLAG);
    assertThat(of(RepairEvent.Reconfirm.class))
        .extracting(RepairEvent.Reconfirm::fromMs, RepairEvent.Reconfirm::toMs)
        .as("its last minutes are asked about")
        .containsExactly(tuple(T0 - 5 * MINUTE, T0 + 5 * MINUTE));
    ledger.clear();
    closed(4, 107);
    assertThat(ledger).as("not believed on its own").isEmpty();
    assertThat(of(RepairEvent.Reconfirm.class))
        .extracting(RepairEvent.Reconfirm::candidate)
        .endsWith(candle(4, 107));
    take(new CompletedInterval(flat(3, 100), true, false));
    assertThat(ledger).as("a repeat").containsExactly(new LedgerEvent.Final(flat(3, 100)));
  }

  @Test
  void theLakesSilenceIsRememberedAsLongAsItsCandles() {
    closedWhileTheLakeHoldsSilence(Evidence.VENUE_FLAG);
    assertThat(store.passed().get(T0 + 4 * MINUTE)).isNotNull();
    for (int minute = 60; minute < PASSED_MINUTES + 5; minute++) {
      closed(minute, 100);
    }
    for (int minute = 0; minute < 5; minute++) {
      assertThat(store.passed().get(T0 + minute * MINUTE)).as("minute %s", minute).isNull();
    }
  }

  private void closedWhileTheLakeHoldsSilence(Evidence live) {
    long[] none = {};
    long[] silent = {T0, T0 + 5 * MINUTE};
    StreamBootstrap lake =
        new StreamBootstrap(
            T0, T0 + 60 * MINUTE, none, silent, none, 0, 0, "BTC-USDT", live, List.of());
    take(new LiveEvent.Announced(Candles.STREAM, lake));
  }

  private static Candle flat(int minute, double price) {
    return Candles.flat(T0 + minute * MINUTE, price, Evidence.VENUE_FLAG);
  }

  @Test
  void whatTheLakeHasLostIsNotComparedWithWhatComes() {
    announce(Evidence.VENUE_FLAG, 0);
    closed(0, 100);
    announce(Evidence.VENUE_FLAG, 1);
    closed(0, 101);
    assertThat(of(RepairEvent.Reconfirm.class)).isEmpty();
    assertThat(ledger).containsExactly(new LedgerEvent.Final(candle(0, 101)));
  }

  @Test
  void idsNeedNoQuestionAfterARestart() {
    closedWhileTheLakeHolds(Evidence.TRADE_CHAIN);
    assertThat(of(RepairEvent.Reconfirm.class)).isEmpty();
    assertThat(store.joint().get()).as("the lake's candle has no ids").isNull();
  }

  private void closedWhileTheLakeHolds(Evidence live) {
    long[] none = {};
    take(
        new LiveEvent.Announced(
            Candles.STREAM,
            new StreamBootstrap(
                T0,
                T0 + 60 * MINUTE,
                new long[] {T0, T0 + 5 * MINUTE},
                none,
                none,
                0,
                0,
                "BTC-USDT",
                live,
                List.of(candle(4, 100)))));
  }

  @Test
  void silenceBetweenAdjacentIdsIsToldBeforeTheCandleAfterIt() {
    announce(Evidence.TRADE_CHAIN, 0);
    fold(0, 1, 5, true);
    fold(3, 6, 7, true);
    assertThat(ledger)
        .extracting(LedgerEvent::getClass, LedgerEvent::fromMs, LedgerEvent::toMs)
        .containsExactly(
            tuple(LedgerEvent.Final.class, T0, T0 + MINUTE),
            tuple(LedgerEvent.Empty.class, T0 + MINUTE, T0 + 3 * MINUTE),
            tuple(LedgerEvent.Final.class, T0 + 3 * MINUTE, T0 + 4 * MINUTE));
  }

  @Test
  void aLateTradeIsAskedAboutWhereItsIntervalIsAccountedForAndNotOlderThanThreeHours() {
    announce(Evidence.TRADE_CHAIN, 1_000);
    for (int minute : new int[] {1_000, 999, 1_000 - PASSED_MINUTES, 999 - PASSED_MINUTES}) {
      take(LiveEvent.late(Candles.STREAM, T0 + minute * MINUTE, 7));
    }
    long newest = T0 + 999 * MINUTE;
    long oldest = T0 + (1_000 - PASSED_MINUTES) * MINUTE;
    assertThat(of(RepairEvent.Trades.class))
        .extracting(told -> told.hole().fromMs())
        .containsExactly(newest, oldest);
    assertThat(of(RepairEvent.Reconfirm.class))
        .extracting(RepairEvent.Reconfirm::fromMs)
        .containsExactly(newest, oldest);
  }

  private <T extends RepairEvent> List<T> of(Class<T> kind) {
    return repairs.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private void announce(Evidence live, int minutes) {
    take(
        new LiveEvent.Announced(
            Candles.STREAM, StreamBootstrap.ofNothing(T0 + minutes * MINUTE, "BTC-USDT", live)));
    ledger.clear();
  }

  private void closed(int minute, double close) {
    take(new CompletedInterval(candle(minute, close), true, false));
  }

  private static Candle candle(int minute, double close) {
    return Candles.candle(T0 + minute * MINUTE, close, 1, Evidence.VENUE_FLAG);
  }

  private void fold(int minute, long firstId, long lastId, boolean openedHere) {
    take(TradeJoinTest.fold(minute, firstId, lastId, openedHere));
  }

  private void take(LiveEvent event) {
    finalizer.take(
        event,
        new FinalizerOutput() {
          @Override
          public void ledger(LedgerEvent told) {
            ledger.add(told);
          }

          @Override
          public void repair(RepairEvent told) {
            repairs.add(told);
          }
        });
  }
}
