package dev.candles.core.candle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTickTest {
  private static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.M1);

  private static PriceTick of(double... prices) {
    List<Candle> candles =
        Arrays.stream(prices)
            .mapToObj(
                price ->
                    new Candle(
                        STREAM,
                        0,
                        new Ohlc(1, price, 1, 1),
                        Volumes.ofBase(1),
                        new TradeRange(null, null, null),
                        Provenance.first(Evidence.REST, "rest", 0)))
            .toList();
    return PriceTick.of(candles);
  }

  @Test
  void theFinestPriceSaysTheDecimals() {
    assertThat(of(21_884.6, 21_884, 0.25).decimals()).isEqualTo(2);
    assertThat(of(0.00001234).decimals()).isEqualTo(8);
    assertThat(of(2.1884e7, 120).decimals()).isZero();
    assertThat(of().decimals()).isZero();
  }

  @Test
  void whatIsComputedFromPricesIsToldInTheirTick() {
    PriceTick tick = of(100.01, 100.04);
    assertThat(tick.text((100.01 + 100.04) / 2)).isEqualTo("100.02");
    assertThat(tick.text(0.1 + 0.2)).isEqualTo("0.30");
    assertThat(of(7).text(1e7)).isEqualTo("10000000");
    assertThat(tick.ticks(100.01)).isEqualTo(10_001);
    assertThat(of(1.1).ticks(1.1 * 3)).isEqualTo(33);
  }

  @Test
  void aPriceNeverHasMoreDigitsThanADoubleHolds() {
    assertThat(of(1 / 3.0).decimals()).isEqualTo(12);
    assertThat(of(22_000 + 1 / 3.0).decimals()).isEqualTo(11);
  }

  @Test
  void whatIsNoNumberDoesNotCount() {
    assertThat(of(1.5, Double.NaN, Double.POSITIVE_INFINITY).decimals()).isEqualTo(1);
    assertThat(of(1.5).text(Double.NaN)).isEqualTo("NaN");
  }
}
