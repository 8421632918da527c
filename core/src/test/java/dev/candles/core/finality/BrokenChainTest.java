package dev.candles.core.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Evidence;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.time.Retention;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked for where ids are missing in the chain of a stream. */
class BrokenChainTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final int PASSED = (int) (Retention.COLLECTOR.passedMs() / MINUTE);

  private final List<RepairEvent> repairs = new ArrayList<>();
  private Finalizer finalizer = new Finalizer(FinalizerStore.inMemory(), Retention.COLLECTOR);

  @Test
  void aBrokenChainIsAskedForByIdAndTellsTheRepairItsNewBeginning() {
    announce();
    fold(0, 1, 5, true);
    assertThat(of(RepairEvent.Joined.class)).as("one candle tells no largest id").isEmpty();
    fold(2, 9, 12, true);
    assertThat(repairs)
        .extracting(Object::getClass)
        .containsExactly(
            RepairEvent.Announced.class,
            RepairEvent.Joined.class,
            RepairEvent.Trades.class,
            RepairEvent.Gap.class);
    assertThat(repairs.get(1))
        .isEqualTo(new RepairEvent.Joined(Candles.STREAM, T0 + 3 * MINUTE, 12));
    MissingTrades hole = new MissingTrades(T0 + MINUTE, T0 + 2 * MINUTE, 5, 9);
    assertThat(repairs.get(2)).isEqualTo(new RepairEvent.Trades(Candles.STREAM, hole));
  }

  /** As after hours in which nobody traded: a trade of before them may have its id in the hole. */
  @Test
  void ofAHoleOfHoursTheTradesBeforeItAreAskedFor() {
    announce();
    fold(0, 1, 5, true);
    take(new LiveEvent.Clock(Candles.STREAM, T0 + (PASSED + 9) * MINUTE));
    fold(PASSED + 10, 9, 12, true);
    assertThat(of(RepairEvent.Trades.class))
        .extracting(RepairEvent.Trades::hole)
        .containsExactly(MissingTrades.near(T0 - 9 * MINUTE, T0 + MINUTE, 5));
  }

  @Test
  void whereTheChainBeginsBehindMissingIdsTheTradesBeforeItAreAskedFor() {
    announce();
    fold(5, 20, 25, false);
    fold(6, 26, 30, true);
    assertThat(of(RepairEvent.Trades.class)).as("no id is missing").isEmpty();
    finalizer = new Finalizer(FinalizerStore.inMemory(), Retention.COLLECTOR);
    announce();
    fold(5, 20, 25, false);
    fold(7, 28, 30, true);
    fold(8, 31, 32, true);
    MissingTrades before = MissingTrades.near(T0 - 3 * MINUTE, T0 + 7 * MINUTE, 27);
    assertThat(of(RepairEvent.Trades.class))
        .extracting(RepairEvent.Trades::hole)
        .containsExactly(before);
  }

  private <T extends RepairEvent> List<T> of(Class<T> kind) {
    return repairs.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private void announce() {
    StreamBootstrap lake = StreamBootstrap.ofNothing(T0, "BTC-USDT", Evidence.TRADE_CHAIN);
    take(new LiveEvent.Announced(Candles.STREAM, lake));
  }

  private void fold(int minute, long firstId, long lastId, boolean openedHere) {
    take(TradeJoinTest.fold(minute, firstId, lastId, openedHere));
  }

  private void take(LiveEvent event) {
    finalizer.take(
        event,
        new FinalizerOutput() {
          @Override
          public void ledger(LedgerEvent told) {}

          @Override
          public void repair(RepairEvent told) {
            repairs.add(told);
          }
        });
  }
}
