package dev.candles.lake.parquet;

import org.jspecify.annotations.Nullable;

/**
 * One row as a file has it, believable or not. A number that is null in a column that must not be
 * is NaN; other columns are as in {@link dev.candles.core.candle.Candle}.
 *
 * @param openTimeMs epoch ms, UTC
 */
public record RawCandle(
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
    boolean closed,
    String evidence,
    String source,
    int revision) {}
