package dev.candles.core.candle;

import java.io.Serializable;

/**
 * One market as a venue lists it.
 *
 * @param symbol canonical symbol, for example {@code BTC-USDT}
 * @param venueSymbol the venue's own name of it
 * @param listedAtMs when the venue says it was listed, epoch ms, UTC; 0 if it does not say
 */
public record Market(String symbol, String venueSymbol, long listedAtMs) implements Serializable {}
