package dev.candles.core.candle;

/**
 * The prices of a candle in quote currency, each the nearest double to the venue's decimal text.
 */
public record Ohlc(double open, double high, double low, double close) {}
