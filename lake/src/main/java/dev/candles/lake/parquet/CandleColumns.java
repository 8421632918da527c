package dev.candles.lake.parquet;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a file of candles, row by row: either as a candle that a reader accepts, or as
 * whatever stands there. Every row is to be taken in one way only.
 */
final class CandleColumns {
  private final Columns columns;
  private final Columns.Column openTime;
  private final Columns.Column open;
  private final Columns.Column high;
  private final Columns.Column low;
  private final Columns.Column close;
  private final Columns.Column volume;
  private final Columns.Column quoteVolume;
  private final Columns.@Nullable Column takerBuyVolume;
  private final Columns.Column tradeCount;
  private final Columns.Column firstTradeId;
  private final Columns.Column lastTradeId;
  private final Columns.Column isClosed;
  private final Columns.Column evidence;
  private final Columns.Column source;
  private final Columns.Column revision;
  private Columns.@Nullable Column receivedAt; // decoded only for those who want it

  CandleColumns(Columns columns) {
    this.columns = columns;
    openTime = columns.column("open_time_ms");
    open = columns.column("open");
    high = columns.column("high");
    low = columns.column("low");
    close = columns.column("close");
    volume = columns.column("volume");
    quoteVolume = columns.column("quote_volume");
    takerBuyVolume = columns.added("taker_buy_volume");
    tradeCount = columns.column("trade_count");
    firstTradeId = columns.column("first_trade_id");
    lastTradeId = columns.column("last_trade_id");
    isClosed = columns.column("is_closed");
    evidence = columns.column("evidence");
    source = columns.column("source");
    revision = columns.column("revision");
  }

  /**
   * The next row as a candle of the partition.
   *
   * @throws IOException if it is not closed or lacks a value
   * @throws IllegalArgumentException if it is not of the partition, or no candle
   */
  Candle candle(Partition partition) throws IOException {
    if (!isClosed.nextBoolean()) {
      throw new IOException("row is not closed");
    }
    Candle candle =
        new Candle(
            partition.stream(),
            openTime.nextLong(),
            new Ohlc(open.nextDouble(), high.nextDouble(), low.nextDouble(), close.nextDouble()),
            volumes(volume.nextDouble()),
            trades(),
            new Provenance(
                Evidence.valueOf(evidence.nextString()),
                source.nextString(),
                revision.nextInt(),
                receivedAt().nextLong()));
    int unused = partition.slot(candle.openTimeMs()); // refuses a row of another partition
    return candle;
  }

  private Columns.Column receivedAt() {
    Columns.Column bound = receivedAt;
    if (bound == null) {
      bound = columns.column("received_at_ms");
      receivedAt = bound;
    }
    return bound;
  }

  /** The next row as it stands there; a price or volume that is null is NaN. */
  RawCandle raw() throws IOException {
    return new RawCandle(
        openTime.nextLong(),
        new Ohlc(number(open), number(high), number(low), number(close)),
        volumes(number(volume)),
        trades(),
        isClosed.nextBoolean(),
        evidence.nextString(),
        source.nextString(),
        revision.nextInt());
  }

  private Volumes volumes(double base) {
    return new Volumes(
        base,
        quoteVolume.nextDoubleOrNull(),
        takerBuyVolume == null ? null : takerBuyVolume.nextDoubleOrNull());
  }

  private TradeRange trades() {
    return new TradeRange(
        tradeCount.nextLongOrNull(), firstTradeId.nextLongOrNull(), lastTradeId.nextLongOrNull());
  }

  private static double number(Columns.Column column) {
    Double value = column.nextDoubleOrNull();
    return value == null ? Double.NaN : value;
  }
}
