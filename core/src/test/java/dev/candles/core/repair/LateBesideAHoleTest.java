package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pages by time show a late trade where its time is, far from the ids around it. Whoever has all
 * ids of a hole then still lacks one of its trades.
 */
class LateBesideAHoleTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final long FROM = T0 + MINUTE;
  private static final long TO = T0 + 3 * MINUTE;

  private final TradeFetch span =
      TradeFetch.fresh(Candles.STREAM, new MissingTrades(FROM, TO, 10, 13));
  private final TradeWalk walk = new TradeWalk(span, Candles.NO_ENDS);

  @Test
  void anIntervalOfWhichALateTradeIsShownIsAskedForByThatTrade() {
    walk.take(page(trade(40, FROM + 15_000)));
    TradeFetch.Reading reading = span.read(walk, T0);
    assertThat(reading.whole()).as("nothing more to ask for the hole itself").isTrue();
    assertThat(reading.proven().candles())
        .extracting(Candle::openTimeMs)
        .containsExactly(FROM + MINUTE);
    assertThat(reading.proven().silent()).isEqualTo(Intervals.empty());
    assertThat(reading.more())
        .containsExactly(
            TradeFetch.fresh(Candles.STREAM, MissingTrades.near(FROM, FROM + MINUTE, 40)));
  }

  @Test
  void noSilenceIsProvenWhereALateTradeIsShown() {
    TradeFetch quiet =
        TradeFetch.fresh(Candles.STREAM, new MissingTrades(FROM, TO + MINUTE, 10, 13));
    TradeWalk pages = new TradeWalk(quiet, Candles.NO_ENDS);
    pages.take(page(trade(40, TO + 1_000)));
    assertThat(quiet.read(pages, T0).proven().silent().contains(TO)).isFalse();
  }

  @Test
  void aLateTradeOfAnotherIntervalIsNotTheHolesBusiness() {
    walk.take(page(trade(40, TO + 2 * MINUTE)));
    TradeFetch.Reading reading = span.read(walk, T0);
    assertThat(reading.proven().candles())
        .extracting(Candle::openTimeMs)
        .containsExactly(FROM, FROM + MINUTE);
    assertThat(reading.more()).isEmpty();
  }

  /** Pages by id show no trade whose id lies far behind, but its own question tells of it. */
  @Test
  void anIntervalThatIsAskedForByALateTradeIsNotDecidedByAHolesIds() {
    long nowMs = TO + 10 * MINUTE;
    RepairPlanner planner = TradesById.planner(new TradesById(2_000), nowMs, T0);
    planner.take(RepairEvent.gap(Candles.STREAM, Intervals.of(FROM, TO), Reason.SKIPPED));
    planner.take(new RepairEvent.Joined(Candles.STREAM, TO + 3 * MINUTE, 16));
    planner.take(new RepairEvent.Trades(Candles.STREAM, span.hole()));
    planner.take(
        new RepairEvent.Trades(Candles.STREAM, MissingTrades.near(FROM, FROM + MINUTE, 400)));
    RepairRequest ofHole =
        planner.requests(new StreamDayQuota(10), nowMs).stream()
            .filter(request -> request.work().key().equals(span.key()))
            .findFirst()
            .orElseThrow();
    TradePage page = new TradePage(page(trade(17, TO + 3 * MINUTE)), true);
    RestAnswer said =
        RestAnswer.rows(List.of(), List.of(), List.of(), Long.MAX_VALUE, page, List.of());
    RepairAnswer answer = new RepairAnswer(ofHole, 200, nowMs, nowMs, -1, at -> said, "");
    assertThat(planner.answered(answer, nowMs).ledger())
        .filteredOn(LedgerEvent.Final.class::isInstance)
        .extracting(LedgerEvent::fromMs)
        .containsExactly(FROM + MINUTE);
  }

  /** Ids 8 to 16 with nothing missing, and one trade more. */
  private static List<Trade> page(Trade more) {
    long after = TO + 2 * MINUTE;
    return List.of(
        trade(8, T0),
        trade(9, T0),
        trade(10, T0),
        trade(11, FROM + 10_000),
        trade(12, FROM + MINUTE + 5_000),
        more,
        trade(13, after),
        trade(14, after),
        trade(15, after),
        trade(16, after));
  }

  private static Trade trade(long id, long timeMs) {
    return new Trade(id, timeMs, 100, BigDecimal.ONE, TakerSide.BUY);
  }
}
