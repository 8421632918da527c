package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Trade;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import java.math.BigDecimal;

/**
 * The trades of one interval, added in the order of their ids. Prices come out as the venue printed
 * them; volumes are summed exactly. What takers bought is unknown once it is of one trade.
 */
public final class CandleBuilder {
  private final long firstId;
  private final double open;
  private double high;
  private double low;
  private double close;
  private long lastId;
  private long count;
  private BigDecimal volume = BigDecimal.ZERO;
  private BigDecimal quoteVolume = BigDecimal.ZERO;
  private BigDecimal takerBuyVolume = BigDecimal.ZERO;
  private boolean takersKnown = true;

  /** Begins with the first trade. */
  public CandleBuilder(Trade first) {
    firstId = first.id();
    open = first.price();
    high = first.price();
    low = first.price();
    add(first);
  }

  /** Adds the next trade. */
  public void add(Trade trade) {
    lastId = trade.id();
    count++;
    high = Math.max(high, trade.price());
    low = Math.min(low, trade.price());
    close = trade.price();
    volume = volume.add(trade.size());
    quoteVolume = quoteVolume.add(trade.size().multiply(BigDecimal.valueOf(trade.price())));
    switch (trade.taker()) {
      case BUY -> takerBuyVolume = takerBuyVolume.add(trade.size());
      case SELL -> {}
      case UNKNOWN -> takersKnown = false;
    }
  }

  long lastId() {
    return lastId;
  }

  /**
   * The candle of all trades added.
   *
   * @param openTimeMs open time of the interval, epoch ms, UTC
   * @param source how they reached us
   * @param receivedAtMs our market clock, epoch ms, UTC
   */
  public Candle candle(
      StreamKey stream, long openTimeMs, Evidence evidence, String source, long receivedAtMs) {
    return new Candle(
        stream,
        openTimeMs,
        new Ohlc(open, high, low, close),
        new Volumes(
            volume.doubleValue(),
            quoteVolume.doubleValue(),
            takersKnown ? takerBuyVolume.doubleValue() : null),
        new TradeRange(count, firstId, lastId),
        Provenance.first(evidence, source, receivedAtMs));
  }
}
