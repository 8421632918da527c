package dev.candles.lake.parquet;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.CandleCheck;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.decode.ColumnValues;
import dev.candles.lake.parquet.decode.RowGroup;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The columns of candles, row by row: either as a candle that a reader accepts, or as whatever
 * stands there.
 */
final class CandleColumns {
  private final ColumnValues openTime;
  private final ColumnValues open;
  private final ColumnValues high;
  private final ColumnValues low;
  private final ColumnValues close;
  private final ColumnValues volume;
  private final ColumnValues quoteVolume;
  private final @Nullable ColumnValues takerBuyVolume;
  private final ColumnValues tradeCount;
  private final ColumnValues firstTradeId;
  private final ColumnValues lastTradeId;
  private final ColumnValues isClosed;
  private final ColumnValues evidence;
  private final ColumnValues source;
  private final ColumnValues revision;
  private final ColumnValues receivedAt;

  CandleColumns(RowGroup group) throws IOException {
    openTime = group.column(Schemas.OPEN_TIME);
    open = group.column("open");
    high = group.column("high");
    low = group.column("low");
    close = group.column("close");
    volume = group.column("volume");
    quoteVolume = group.column("quote_volume");
    takerBuyVolume = group.added("taker_buy_volume");
    tradeCount = group.column("trade_count");
    firstTradeId = group.column("first_trade_id");
    lastTradeId = group.column("last_trade_id");
    isClosed = group.column("is_closed");
    evidence = group.column("evidence");
    source = group.column("source");
    revision = group.column("revision");
    receivedAt = group.column("received_at_ms");
  }

  /**
   * A row as a candle of the partition.
   *
   * @throws IOException if it is not closed, lacks a value, or nobody can reckon with one
   * @throws IllegalArgumentException if it is not of the partition, or no candle
   */
  Candle candle(int row, Partition partition) throws IOException {
    if (!isClosed.booleanAt(row)) {
      throw new IOException("row is not closed");
    }
    Candle candle =
        new Candle(
            partition.stream(),
            openTime.longAt(row),
            new Ohlc(
                open.doubleAt(row), high.doubleAt(row), low.doubleAt(row), close.doubleAt(row)),
            volumes(row, volume.doubleAt(row)),
            trades(row),
            new Provenance(
                Evidence.valueOf(evidence.stringAt(row)),
                source.stringAt(row),
                (int) revision.longAt(row),
                receivedAt.longAt(row)));
    int unused = partition.slot(candle.openTimeMs()); // refuses a row of another partition
    Optional<CandleCheck.Problem> problem = CandleCheck.unsound(candle);
    if (problem.isPresent()) {
      throw new IOException(
          "row is no candle: "
              + problem.get().detail()
              + ", open_time="
              + Instant.ofEpochMilli(candle.openTimeMs()));
    }
    return candle;
  }

  /**
   * A row as it stands there; a price or volume that is null is NaN.
   *
   * @throws IOException if it lacks another value that {@link #candle} wants: readers refuse the
   *     file then, so nobody may say that it is good
   */
  RawCandle raw(int row) throws IOException {
    return new RawCandle(
        openTime.longAt(row),
        new Ohlc(
            open.doubleOrNaN(row),
            high.doubleOrNaN(row),
            low.doubleOrNaN(row),
            close.doubleOrNaN(row)),
        volumes(row, volume.doubleOrNaN(row)),
        trades(row),
        isClosed.booleanAt(row),
        evidence.stringAt(row),
        source.stringAt(row),
        (int) revision.longAt(row),
        receivedAt.longAt(row));
  }

  private Volumes volumes(int row, double base) {
    return new Volumes(
        base,
        quoteVolume.doubleOrNull(row),
        takerBuyVolume == null ? null : takerBuyVolume.doubleOrNull(row));
  }

  private TradeRange trades(int row) {
    return new TradeRange(
        tradeCount.longOrNull(row), firstTradeId.longOrNull(row), lastTradeId.longOrNull(row));
  }
}
