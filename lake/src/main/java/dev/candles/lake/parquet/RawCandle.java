package dev.candles.lake.parquet;

import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import org.jspecify.annotations.Nullable;

/**
 * One row as a file has it, believable or not. A number that is null in a column that must not be
 * is NaN; other columns are as in {@link dev.candles.core.candle.Candle}.
 *
 * @param openTimeMs epoch ms, UTC
 */
public record RawCandle(
    long openTimeMs,
    Ohlc prices,
    Volumes volumes,
    TradeRange trades,
    boolean closed,
    String evidence,
    String source,
    int revision,
    long receivedAtMs) {

  /** The same row as if it had been received at another time, epoch ms, UTC. */
  public RawCandle receivedAt(long otherMs) {
    return new RawCandle(
        openTimeMs, prices, volumes, trades, closed, evidence, source, revision, otherMs);
  }

  public double open() {
    return prices.open();
  }

  public double high() {
    return prices.high();
  }

  public double low() {
    return prices.low();
  }

  public double close() {
    return prices.close();
  }

  public @Nullable Long tradeCount() {
    return trades.count();
  }

  public @Nullable Long firstTradeId() {
    return trades.firstId();
  }

  public @Nullable Long lastTradeId() {
    return trades.lastId();
  }
}
