package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.proof.TradeEvidence.Ends;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Trades are judged by the grace that the venue is configured with. */
class ConfiguredGraceTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final long NOW = T0 + 60 * MINUTE;

  private static final MissingTrades HOLE = new MissingTrades(T0 + MINUTE, T0 + 2 * MINUTE, 10, 13);

  private static final List<Trade> PAGE =
      List.of(
          trade(8, 40), trade(9, 45), trade(10, 50), trade(11, 61), trade(12, 62), trade(13, 125));

  /** Trades 11 and 12 are missing; 13 is five seconds behind their minute, 10 ten before it. */
  @Test
  void aHoleIsWholeWithTradesBeyondTheGraceAroundIt() {
    for (long graceMs : new long[] {2_000, 5_000, 5_001, 9_999}) {
      assertThat(isWhole(graceMs, PAGE)).as("%d", graceMs).isEqualTo(graceMs <= 5_000);
    }
    List<Trade> longBehind = new ArrayList<>(PAGE);
    longBehind.set(5, trade(13, 180));
    for (long graceMs : new long[] {2_000, 9_999, 10_000}) {
      assertThat(isWhole(graceMs, longBehind)).as("%d", graceMs).isEqualTo(graceMs < 10_000);
    }
  }

  private static boolean isWhole(long graceMs, List<Trade> page) {
    TradeFetch span = TradeFetch.fresh(Candles.STREAM, HOLE);
    TradeWalk pages = new TradeWalk(span, Ends.unknown(graceMs));
    pages.take(page);
    return span.read(pages, T0).whole();
  }

  @Test
  void aTradeIsLateWhenItLiesFurtherBackThanTheGrace() {
    TradeFetch span =
        TradeFetch.fresh(
            Candles.STREAM, MissingTrades.anywhere(T0 + 20 * MINUTE, T0 + 21 * MINUTE));
    List<Trade> page =
        List.of(
            trade(1, 0),
            trade(2, 0),
            trade(3, 0),
            trade(4, 16 * 60),
            trade(5, 16 * 60 - 5),
            trade(6, 32 * 60));
    for (long graceMs : new long[] {4_999, 5_000}) {
      TradeWalk pages = new TradeWalk(span, Ends.unknown(graceMs));
      pages.take(page);
      assertThat(span.read(pages, T0).proven().candles())
          .as("%d", graceMs)
          .hasSize(graceMs < 5_000 ? 1 : 0);
    }
  }

  /** Of whose ids the chain's word is not taken; the grace holds all the same. */
  @Test
  void theGraceHoldsForALateTradeToo() {
    TradeFetch late =
        TradeFetch.fresh(Candles.STREAM, MissingTrades.near(T0 + MINUTE, T0 + 2 * MINUTE, 11));
    Ends known = new Ends(1, new TreeMap<>(Map.of(T0, 7L)), 8_000);
    assertThat(late.ends(known)).isEqualTo(new Ends(1, new TreeMap<>(), 8_000));
  }

  @Test
  void thePlannerReadsTradesByTheGraceOfItsVenue() {
    assertThat(finals(2_000)).containsExactly(T0 + MINUTE);
    assertThat(finals(8_000)).isEmpty();
  }

  private static List<Long> finals(long graceMs) {
    RepairPlanner planner = TradesById.planner(new TradesOnly(graceMs), NOW, T0);
    planner.take(new RepairEvent.Trades(Candles.STREAM, HOLE));
    RepairRequest request = planner.requests(new StreamDayQuota(Integer.MAX_VALUE), NOW).get(0);
    RestAnswer page =
        RestAnswer.rows(
            List.of(), List.of(), List.of(), Long.MAX_VALUE, new TradePage(PAGE, true), List.of());
    return planner
        .answered(new RepairAnswer(request, 200, NOW, NOW, -1, now -> page, ""), NOW)
        .ledger()
        .stream()
        .filter(LedgerEvent.Final.class::isInstance)
        .map(event -> ((LedgerEvent.Final) event).candle().openTimeMs())
        .toList();
  }

  private static Trade trade(long id, long second) {
    return new Trade(id, T0 + second * 1_000, 100, BigDecimal.ONE, TakerSide.BUY);
  }

  private static final class TradesOnly extends TradesById {
    TradesOnly(long graceMs) {
      super(graceMs);
    }

    @Override
    public RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs) {
      throw new AssertionError("no candles are missing");
    }
  }
}
