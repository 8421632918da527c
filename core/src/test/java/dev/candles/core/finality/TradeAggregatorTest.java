package dev.candles.core.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.LiveEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single promises of the folder; what it does under faults is in {@link TradeChainTest}. */
class TradeAggregatorTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private final List<LiveEvent> events = new ArrayList<>();
  private final List<TradeAnomaly> oddities = new ArrayList<>();
  private TradeAggregator folder = folder();

  private TradeAggregator folder() {
    return new TradeAggregator(
        Candles.STREAM,
        T0,
        new TradeAggregator.Waits(2_000, 4_000, 1_000),
        events::add,
        oddities::add);
  }

  @Test
  void aStatementProvesTheEndOnlyWithASecondOne() {
    live(10, T0 + 5_000);
    state(T0 + MINUTE, 10);
    assertThat(events).isEmpty();
    state(T0 + MINUTE + 1_000, 10);
    assertThat(events).hasSize(1);
    assertThat(events.get(0)).isInstanceOf(CompletedInterval.class);
  }

  @Test
  void aStatementOfAnIdThatWeLackProvesNothingAndBreaksTheChainInTime() {
    live(10, T0 + 5_000);
    assertThat(folder.lastTrade(T0 + MINUTE, 11, T0 + MINUTE)).isFalse();
    assertThat(folder.lastTrade(T0 + MINUTE + 1_000, 11, T0 + MINUTE + 1_000)).isFalse();
    state(T0 + 2 * MINUTE, 11);
    state(T0 + 2 * MINUTE + 1_000, 11);
    assertThat(events).isEmpty();
    assertThat(oddities).containsExactly(TradeAnomaly.HOLE);
  }

  /** Else a market that is served well is asked for again and again until it trades. */
  @Test
  void aStatementOfALostTradeIsAWordOnAHealthyMarketOnceTheTradeHasCome() {
    live(10, T0 + 5_000);
    state(T0 + 6_000, 11);
    assertThat(folder.lastTrade(T0 + 8_000, 11, T0 + 8_000)).as("it is lost").isFalse();
    folder.trade(trade(11, T0 + 5_500), true, T0 + 9_000);
    assertThat(folder.lastTrade(T0 + 10_000, 11, T0 + 10_000)).isTrue();
    assertThat(oddities).containsExactly(TradeAnomaly.HOLE);
  }

  @Test
  void aStatementBeforeTheFirstTradeIsAWordOnAHealthyMarketOnceTheTradeHasCome() {
    assertThat(folder.lastTrade(T0 + 1_000, 10, T0 + 1_000)).isFalse();
    folder.trade(trade(10, T0 - 30_000), true, T0 + 1_500);
    assertThat(folder.lastTrade(T0 + 2_000, 10, T0 + 2_000)).isTrue();
  }

  @Test
  void whereNobodyHasTradedYetThereIsNoTradeToMiss() {
    assertThat(folder.lastTrade(T0 + 1_000, 0, T0 + 1_000)).isTrue();
    assertThat(folder.lastTrade(T0 + 2_000, 0, T0 + 2_000)).isTrue();
    assertThat(folder.lastTrade(T0 + 3_000, 1, T0 + 3_000)).as("the first one").isFalse();
  }

  @Test
  void aSnapshotProvesNoEnd() {
    live(10, T0 + 5_000);
    folder.trade(trade(11, T0 + MINUTE + 5_000), true, T0 + MINUTE + 6_000);
    folder.tick(T0 + 5 * MINUTE);
    assertThat(events).isEmpty();
  }

  @Test
  void theClockAloneProvesNoEnd() {
    live(10, T0 + 5_000);
    folder.tick(T0 + 60 * MINUTE);
    assertThat(events).isEmpty();
  }

  @Test
  void idsThatGoBackWhileTimeGoesOnStartAnew() {
    live(1_000, T0 + 5_000);
    live(7, T0 + 20_000);
    live(8, T0 + 21_000);
    live(9, T0 + 22_000);
    live(10, T0 + MINUTE + 10_000);
    live(11, T0 + 2 * MINUTE + 10_000);
    assertThat(oddities).containsExactly(TradeAnomaly.EPOCH);
    assertThat(events).hasSize(1);
    assertThat(candle(0).openTimeMs()).isEqualTo(T0 + MINUTE);
  }

  @Test
  void aChainThatStartsWithALateTradeVouchesForNothingUntilThreeOrAStatementShowHowLate() {
    for (boolean stated : new boolean[] {false, true}) {
      folder = folder();
      events.clear();
      folder.trade(trade(10, T0 - 5 * MINUTE), true, T0 + 5_000); // and some before it until now
      if (stated) {
        folder.lastTrade(T0 + 6_000, 10, T0 + 6_000);
      } else {
        live(11, T0 + 6_000);
        live(12, T0 + 7_000);
      }
      live(13 - (stated ? 2 : 0), T0 + 3 * MINUTE);
      assertThat(events).isNotEmpty();
      for (LiveEvent event : events) {
        boolean own =
            event instanceof CompletedInterval fold
                ? fold.openedHere()
                : ((LiveEvent.Silent) event).quiet().openedHere();
        assertThat(own).isEqualTo(openOf(event) > T0);
      }
    }
  }

  @Test
  void behindAHoleALateTradeIsNoWordOnHowFarTheLostOnesReach() {
    live(10, T0 + 5_000);
    live(13, T0 + 30_000); // 11 and 12 may be of the third minute: this one is two minutes late
    folder.tick(T0 + 2 * MINUTE + 40_000);
    live(14, T0 + 2 * MINUTE + 45_000);
    live(15, T0 + 2 * MINUTE + 46_000);
    live(16, T0 + 6 * MINUTE);
    events.removeIf(LiveEvent.Late.class::isInstance);
    assertThat(events)
        .allSatisfy(e -> assertThat(openOf(e)).isGreaterThanOrEqualTo(T0 + 3 * MINUTE));
    assertThat(events).isNotEmpty();
  }

  private static long openOf(LiveEvent event) {
    return event.overMs() - MINUTE;
  }

  @Test
  void aTradeOfAnIntervalThatHasLeftLeavesAgainAsItsRevision() {
    live(10, T0 - 30_000);
    live(11, T0 + 5_000);
    live(12, T0 + MINUTE + 10_000);
    live(13, T0 + MINUTE - 1);
    assertThat(oddities).containsExactly(TradeAnomaly.LATE);
    assertThat(events).hasSize(3);
    assertThat(candle(2).tradeCount()).isEqualTo(2);
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(candle(0)), candle(2)))
        .isEqualTo(new Verdict.Revision(1));
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(candle(2)), candle(0)))
        .isEqualTo(new Verdict.Disagreement());
  }

  @Test
  void aLateTradeIsToldWhateverBecameOfItsInterval() {
    live(10, T0 + 5_000);
    live(12, T0 + 20_000);
    folder.tick(T0 + 22_000);
    live(13, T0 + MINUTE + 5_000);
    assertThat(oddities).as("id 11 is lost").containsExactly(TradeAnomaly.HOLE);
    assertThat(events).as("the broken interval never leaves").isEmpty();
    folder.trade(trade(14, T0 + MINUTE - 1), false, T0 + MINUTE + 10_000);
    assertThat(events).hasOnlyElementsOfType(LiveEvent.Late.class).hasSize(1);
    assertThat(events.get(0).overMs()).isEqualTo(T0);
  }

  @Test
  void aBrokenIntervalIsNotLateWhileItGoesOnNorIsASnapshot() {
    live(10, T0 + 5_000);
    live(12, T0 + 20_000);
    folder.tick(T0 + 22_000);
    live(13, T0 + 30_000);
    folder.trade(trade(14, T0 + 31_000), true, T0 + 5 * MINUTE);
    assertThat(events).isEmpty();
  }

  /** Found by the adversary: the repair of its interval may have ended before it was published. */
  @Test
  void aLateTradeOfASnapshotOrOfASlowClockIsTold() {
    folder.trade(trade(10, T0 + 2 * MINUTE), true, T0 + 5 * MINUTE);
    folder.trade(trade(11, T0 + 10_000), true, T0 + 5 * MINUTE);
    folder.trade(trade(12, T0 + 20_000), false, T0 + 30_000);
    folder.trade(trade(13, T0 - 5_000), false, T0 + 30_000);
    assertThat(events).hasOnlyElementsOfType(LiveEvent.Late.class).hasSize(3);
  }

  @Test
  void aTradeBeforeTheFirstIntervalIsToldThoughAllThatIsKnownOfTheTimeIsItsOwn() {
    folder.trade(trade(10, T0 - 30 * MINUTE), true, T0 - 30 * MINUTE);
    folder.trade(trade(11, T0 - 2 * MINUTE), false, T0 - 2 * MINUTE);
    assertThat(events).hasOnlyElementsOfType(LiveEvent.Late.class).hasSize(1);
  }

  /** Found by the adversary: a later hole took back what an earlier one had broken. */
  @Test
  void aSecondHoleLetsNoIntervalGoThatTheFirstHadBroken() {
    live(10, T0 + 50_000);
    live(12, T0 + 55_000);
    folder.tick(T0 + 57_500);
    state(T0 + 59_700, 12);
    folder.trade(trade(14, T0 + 56_000), false, T0 + 59_800);
    folder.tick(T0 + 61_000);
    assertThat(oddities).containsExactly(TradeAnomaly.HOLE, TradeAnomaly.HOLE);
    folder.trade(trade(15, T0 + MINUTE + 200), false, T0 + MINUTE + 1_500);
    assertThat(events).as("its minute still goes on").isEmpty();
  }

  @Test
  void aTimeFarAheadOfOursIsNotBelieved() {
    folder.trade(trade(10, T0 + 10 * MINUTE), false, T0);
    assertThat(oddities).containsExactly(TradeAnomaly.AHEAD);
  }

  @Test
  void waitingTradesAreBounded() {
    live(1, T0);
    for (int id = 3; id < 3_000; id++) {
      folder.trade(trade(id, T0 + 10), false, T0 + 10);
    }
    assertThat(oddities).containsExactly(TradeAnomaly.HOLE);
  }

  private void live(long id, long timeMs) {
    folder.trade(trade(id, timeMs), false, timeMs);
  }

  private void state(long timeMs, long id) {
    folder.lastTrade(timeMs, id, timeMs);
  }

  private Candle candle(int event) {
    return ((CompletedInterval) events.get(event)).candle();
  }

  private static Trade trade(long id, long timeMs) {
    return new Trade(id, timeMs, 100 + id % 5, BigDecimal.ONE, TakerSide.BUY);
  }
}
