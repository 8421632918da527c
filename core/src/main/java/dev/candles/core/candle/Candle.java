package dev.candles.core.candle;

import org.jspecify.annotations.Nullable;

/**
 * One final candle, exactly as a row of the lake. Prices and volumes are the nearest double to the
 * venue's decimal text; volume is in base currency.
 *
 * @param openTimeMs inclusive start of the interval, epoch ms, UTC
 * @param quoteVolume volume in quote currency, or null where the venue does not say
 * @param tradeCount number of trades, or null where unknown
 * @param firstTradeId the venue's id of the first trade, or null where unknown
 * @param lastTradeId the venue's id of the last trade, or null where unknown
 * @param source how it reached us, for example {@code ws} or {@code rest}
 * @param revision 0 for the first version written, then counting up
 * @param receivedAtMs our market clock when it became known, epoch ms, UTC
 */
public record Candle(
    StreamKey stream,
    long openTimeMs,
    double open,
    double high,
    double low,
    double close,
    double volume,
    @Nullable Double quoteVolume,
    @Nullable Long tradeCount,
    @Nullable Long firstTradeId,
    @Nullable Long lastTradeId,
    Evidence evidence,
    String source,
    int revision,
    long receivedAtMs) {

  /** End of the interval, exclusive, epoch ms, UTC. */
  public long endTimeMs() {
    return openTimeMs + stream.timeframe().millis();
  }

  /** The same candle as a later version. */
  public Candle withRevision(int number) {
    return new Candle(
        stream,
        openTimeMs,
        open,
        high,
        low,
        close,
        volume,
        quoteVolume,
        tradeCount,
        firstTradeId,
        lastTradeId,
        evidence,
        source,
        number,
        receivedAtMs);
  }

  /** The same candle, believed for another reason. */
  public Candle withEvidence(Evidence other) {
    return new Candle(
        stream,
        openTimeMs,
        open,
        high,
        low,
        close,
        volume,
        quoteVolume,
        tradeCount,
        firstTradeId,
        lastTradeId,
        other,
        source,
        revision,
        receivedAtMs);
  }
}
