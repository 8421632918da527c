package dev.candles.core.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.EmptyInterval;
import dev.candles.core.feed.MissingTrades;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Which ids lie where the chain is broken; what is joined is in {@link TradeChainTest}. */
class TradeJoinTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final TradeJoin.Joint JOINT = new TradeJoin.Joint(T0, 10);

  @Test
  void theIdsBetweenTheJointAndAFoldThatWasSeenFromItsFirstTradeAreTheHole() {
    TradeJoin.Step step = TradeJoin.fold(T0, JOINT, fold(2, 15, 17, true));
    assertThat(step.pass()).isTrue();
    assertThat(step.gap()).isEqualTo(Intervals.of(T0, T0 + 2 * MINUTE));
    assertThat(step.hole()).isEqualTo(new MissingTrades(T0, T0 + 2 * MINUTE, 10, 15));
  }

  @Test
  void aFoldThatMayLackItsFirstTradesIsPartOfTheHole() {
    TradeJoin.Step step = TradeJoin.fold(T0, JOINT, fold(2, 15, 17, false));
    assertThat(step.pass()).isFalse();
    assertThat(step.hole()).isEqualTo(new MissingTrades(T0, T0 + 3 * MINUTE, 10, 18));
  }

  @Test
  void silenceAfterIdsThatWereNotSeenEndsTheHole() {
    assertThat(
            TradeJoin.quiet(T0, JOINT, T0 + 3 * MINUTE, MINUTE, new EmptyInterval(14, true)).hole())
        .isEqualTo(new MissingTrades(T0, T0 + 2 * MINUTE, 10, 15));
    assertThat(
            TradeJoin.quiet(T0, JOINT, T0 + 3 * MINUTE, MINUTE, new EmptyInterval(14, false))
                .hole())
        .isEqualTo(new MissingTrades(T0, T0 + 3 * MINUTE, 10, 15));
  }

  @Test
  void whatIsJoinedOrHasNoJointOrWentBackIsNoHole() {
    assertThat(TradeJoin.fold(T0, JOINT, fold(2, 11, 17, true)).hole()).isNull();
    assertThat(TradeJoin.fold(T0, null, fold(2, 15, 17, true)).hole()).isNull();
    assertThat(TradeJoin.fold(T0, JOINT, fold(2, 1, 3, true)).hole()).isNull();
    assertThat(TradeJoin.quiet(T0, JOINT, T0 + MINUTE, MINUTE, new EmptyInterval(10, false)).hole())
        .isNull();
  }

  @Test
  void nothingIsJoinedToWhatNothingVouchesFor() {
    TradeJoin.Step fold = TradeJoin.fold(T0, JOINT, fold(2, 15, 17, false));
    assertThat(fold.joint()).isNull();
    TradeJoin.Step quiet =
        TradeJoin.quiet(
            fold.frontierMs(), fold.joint(), T0 + 4 * MINUTE, MINUTE, new EmptyInterval(17, false));
    assertThat(quiet.empty().isEmpty()).as("trade 16 may be later than trade 17").isTrue();
    assertThat(quiet.gap()).isEqualTo(Intervals.of(T0 + 3 * MINUTE, T0 + 4 * MINUTE));
    assertThat(quiet.joint()).isNull();
  }

  @Test
  void ofALargeOrOldHoleOnlyTheIntervalsBeforeItAreAskedFor() {
    MissingTrades small = new MissingTrades(T0, T0 + MINUTE, 10, 10_011);
    MissingTrades before = MissingTrades.near(T0 - 10 * MINUTE, T0, 10);
    assertThat(TradeJoin.asked(small, MINUTE, true)).isEqualTo(small);
    assertThat(TradeJoin.asked(small, MINUTE, false)).as("old").isEqualTo(before);
    assertThat(TradeJoin.asked(new MissingTrades(T0, T0 + MINUTE, 10, 10_012), MINUTE, true))
        .as("as far back as a trade may be late")
        .isEqualTo(before);
  }

  static CompletedInterval fold(int minute, long firstId, long lastId, boolean openedHere) {
    long open = T0 + minute * MINUTE;
    CandleBuilder fold =
        new CandleBuilder(new Trade(firstId, open, 100, BigDecimal.ONE, TakerSide.BUY));
    for (long id = firstId + 1; id <= lastId; id++) {
      fold.add(new Trade(id, open + 1, 100, BigDecimal.ONE, TakerSide.BUY));
    }
    Candle candle = fold.candle(Candles.STREAM, open, Evidence.TRADE_CHAIN, "ws", open + MINUTE);
    return new CompletedInterval(candle, false, openedHere);
  }
}
