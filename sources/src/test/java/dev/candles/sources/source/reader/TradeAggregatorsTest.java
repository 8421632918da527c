package dev.candles.sources.source.reader;

import static dev.candles.sources.source.reader.TradeReaderContext.MINUTE;
import static dev.candles.sources.source.reader.TradeReaderContext.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.LiveEvent;
import dev.candles.sources.venue.Decoded;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The folders of a connection's markets, with the waits of the venue's profile. */
class TradeAggregatorsTest {
  private final TradeReaderContext at = new TradeReaderContext("coinbase", 1);

  private static long count(CompletedInterval fold) {
    return Objects.requireNonNull(fold.candle().tradeCount());
  }

  @Test
  void aTradeAfterTheEndAndItsGraceLetsTheIntervalGo() {
    at.trade(10, T0 + 5_000);
    at.trade(11, T0 + MINUTE + 1_999);
    assertThat(at.events).isEmpty();
    at.trade(12, T0 + MINUTE + 2_000);
    assertThat(at.of(CompletedInterval.class)).hasSize(1);
    assertThat(count(at.of(CompletedInterval.class).get(0))).isEqualTo(1);
  }

  @Test
  void withoutALaterTradeItGoesAfterThePatience() {
    at.trade(10, T0 + 5_000);
    at.trade(11, T0 + MINUTE + 1);
    at.subscriptions.trades().tick(T0 + MINUTE + 3_999);
    assertThat(at.events).isEmpty();
    at.subscriptions.trades().tick(T0 + MINUTE + 4_001);
    assertThat(at.of(CompletedInterval.class)).hasSize(1);
  }

  @Test
  void aFoldedIntervalGetsNoClockMark() {
    at.trade(10, T0 + 5_000);
    at.trade(11, T0 + MINUTE + 2_000);
    at.subscriptions.tick(T0 + MINUTE + 6_000);
    assertThat(at.of(LiveEvent.Clock.class))
        .extracting(event -> event.stream().symbol())
        .containsExactly("ETH-USD");
  }

  @Test
  void aHoleIsWaitedForAsLongAsTheProfileSays() {
    at.trade(10, T0 + 5_000);
    at.trade(12, T0 + 10_000);
    at.trade(11, T0 + 9_000, T0 + 10_999, false);
    at.trade(13, T0 + MINUTE + 2_000);
    assertThat(count(at.of(CompletedInterval.class).get(0))).isEqualTo(3);
    at.trade(15, T0 + MINUTE + 10_000);
    at.subscriptions.trades().tick(T0 + MINUTE + 11_000);
    at.trade(14, T0 + MINUTE + 9_000, T0 + MINUTE + 11_000, false);
    at.trade(16, T0 + 2 * MINUTE + 2_000);
    assertThat(at.of(CompletedInterval.class)).as("the chain broke").hasSize(1);
  }

  @Test
  void atHighSpeedNoWaitIsShorterThanARealSecond() {
    TradeReaderContext fast = new TradeReaderContext("coinbase", 60);
    fast.trade(10, T0 + 5_000);
    fast.trade(12, T0 + 10_000);
    fast.trade(11, T0 + 9_000, T0 + 69_999, false);
    fast.trade(13, T0 + MINUTE + 2_000, T0 + 70_000, false);
    assertThat(fast.of(CompletedInterval.class)).hasSize(1);
    assertThat(count(fast.of(CompletedInterval.class).get(0))).isEqualTo(3);
  }

  @Test
  void aSnapshotOlderOrNewerThanTheChainBreaksNothing() {
    at.trade(10, T0 + 5_000);
    at.trade(9, T0 - 30_000, T0 + 6_000, true);
    at.trade(11, T0 + 20_000);
    at.trade(12, T0 + 30_000, T0 + 31_000, true);
    at.trade(12, T0 + 30_000, T0 + 32_000, true);
    at.trade(13, T0 + MINUTE + 2_000);
    assertThat(at.of(CompletedInterval.class)).hasSize(1);
    assertThat(count(at.of(CompletedInterval.class).get(0))).isEqualTo(3);
  }

  @Test
  void aSnapshotBeyondAHoleBreaksTheChainAndTheIntervalIsLeftToRepair() {
    at.trade(10, T0 + 5_000);
    at.trade(20, T0 + 40_000, T0 + 41_000, true);
    at.subscriptions.trades().tick(T0 + 42_001);
    at.trade(21, T0 + 43_000);
    at.trade(22, T0 + 44_000);
    at.trade(23, T0 + MINUTE + 2_000);
    at.trade(24, T0 + 2 * MINUTE + 2_000);
    assertThat(at.of(CompletedInterval.class))
        .extracting(event -> event.candle().openTimeMs())
        .containsExactly(T0 + MINUTE);
  }

  @Test
  void idsThatRestartAtOneBeginANewChainAndNoIntervalIsMadeOfBoth() {
    at.trade(1_000, T0 + 5_000);
    at.trade(1, T0 + 20_000);
    at.trade(2, T0 + 21_000);
    at.trade(3, T0 + 22_000);
    at.trade(4, T0 + MINUTE + 10_000);
    at.trade(5, T0 + 2 * MINUTE + 10_000);
    assertThat(at.of(CompletedInterval.class))
        .extracting(event -> event.candle().firstTradeId())
        .containsExactly(4L);
  }

  @Test
  void aStatementOfAnIdThatWeHaveIsARowAndOneBeyondItIsNot() {
    at.trade(10, T0 + 5_000);
    assertThat(at.lastTrade(10, T0 + 6_000)).isTrue();
    assertThat(at.lastTrade(9, T0 + 6_500)).as("older than the chain").isTrue();
    assertThat(at.lastTrade(11, T0 + 7_000)).as("newer than the chain").isFalse();
  }

  @Test
  void tradesOfAVenueThatClosesItsOwnCandlesAreOurOwnMistake() {
    TradeAggregators desk = new TradeAggregators(at.around);
    Subscription stranger =
        new Subscription(
            new Market("X-Y", "X-Y", 0), new StreamKey("coinbase", "X-Y", Timeframe.M1), T0);
    assertThatThrownBy(() -> desk.traded(stranger, traded(), T0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closes its own candles");
  }

  private static Decoded.Traded traded() {
    return new Decoded.Traded("X-Y", List.of(), false);
  }
}
