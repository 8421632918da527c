package dev.candles.core.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CandleBuilderTest {
  private static Candle fold(TakerSide... takers) {
    CandleBuilder fold = new CandleBuilder(trade(0, takers[0]));
    for (int i = 1; i < takers.length; i++) {
      fold.add(trade(i, takers[i]));
    }
    return fold.candle(Candles.STREAM, Candles.T0, Evidence.TRADE_CHAIN, "test", Candles.T0);
  }

  /** Of size 0.1 × 2^id. */
  private static Trade trade(int id, TakerSide taker) {
    return new Trade(id, Candles.T0, 100, BigDecimal.valueOf(1L << id, 1), taker);
  }

  @Test
  void whatTakersBoughtIsSummedExactly() {
    Candle candle = fold(TakerSide.BUY, TakerSide.BUY, TakerSide.SELL, TakerSide.SELL);
    assertThat(candle.takerBuyVolume()).isEqualTo(0.3);
    assertThat(candle.volume()).isEqualTo(1.5);
  }

  @Test
  void whereAllTakersSoldNothingWasBought() {
    assertThat(fold(TakerSide.SELL, TakerSide.SELL).takerBuyVolume()).isZero();
  }

  @Test
  void oneTradeWithoutASideLeavesItUnknown() {
    assertThat(fold(TakerSide.UNKNOWN, TakerSide.BUY).takerBuyVolume()).isNull();
    assertThat(fold(TakerSide.BUY, TakerSide.UNKNOWN, TakerSide.SELL).takerBuyVolume()).isNull();
  }
}
