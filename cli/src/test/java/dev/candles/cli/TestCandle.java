package dev.candles.cli;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;

/** Candles of ten trades each for lakes that commands read. */
public final class TestCandle {
  private TestCandle() {}

  /**
   * @param openMs epoch ms, UTC
   * @param price of its open; its close is one higher
   * @param firstId of its ten trades
   * @param receivedMs epoch ms, UTC
   */
  public static Candle of(
      StreamKey stream, long openMs, double price, long firstId, int revision, long receivedMs) {
    return new Candle(
        stream,
        openMs,
        new Ohlc(price, price + 2, price - 1, price + 1),
        Volumes.ofBase(3),
        new TradeRange(10L, firstId, firstId + 9),
        new Provenance(Evidence.TRADE_CHAIN, "ws", revision, receivedMs));
  }
}
