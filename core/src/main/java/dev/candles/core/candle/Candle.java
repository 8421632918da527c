package dev.candles.core.candle;

import org.jspecify.annotations.Nullable;

/**
 * One final candle, exactly as a row of the lake. What is asked for most can be asked for here as
 * well as of the part that holds it.
 *
 * @param openTimeMs inclusive start of the interval, epoch ms, UTC
 */
public record Candle(
    StreamKey stream,
    long openTimeMs,
    Ohlc prices,
    Volumes volumes,
    TradeRange trades,
    Provenance provenance) {

  /** End of the interval, exclusive, epoch ms, UTC. */
  public long endTimeMs() {
    return openTimeMs + stream.timeframe().millis();
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

  /** In base currency. */
  public double volume() {
    return volumes.base();
  }

  /** In quote currency, or null where the venue does not say. */
  public @Nullable Double quoteVolume() {
    return volumes.quote();
  }

  /** What takers bought, in base currency, or null where the venue does not say. */
  public @Nullable Double takerBuyVolume() {
    return volumes.takerBuy();
  }

  /** Number of trades, or null where unknown. */
  public @Nullable Long tradeCount() {
    return trades.count();
  }

  /** The venue's id of the first trade, or null where unknown. */
  public @Nullable Long firstTradeId() {
    return trades.firstId();
  }

  /** The venue's id of the last trade, or null where unknown. */
  public @Nullable Long lastTradeId() {
    return trades.lastId();
  }

  public Evidence evidence() {
    return provenance.evidence();
  }

  /** 0 for the first version written, then counting up. */
  public int revision() {
    return provenance.revision();
  }

  /** Our market clock when it became known, epoch ms, UTC. */
  public long receivedAtMs() {
    return provenance.receivedAtMs();
  }

  /** The same candle as a later version. */
  public Candle withRevision(int number) {
    return with(new Provenance(evidence(), provenance.source(), number, receivedAtMs()));
  }

  /** The same candle, believed for another reason. */
  public Candle withEvidence(Evidence other) {
    return with(new Provenance(other, provenance.source(), revision(), receivedAtMs()));
  }

  private Candle with(Provenance other) {
    return new Candle(stream, openTimeMs, prices, volumes, trades, other);
  }
}
