package dev.candles.core.candle;

import java.math.BigDecimal;

/**
 * One trade of a market whose trade ids are contiguous.
 *
 * @param id the venue's id; the next trade of the market has the next one
 * @param timeMs the venue's time, epoch ms, UTC, rounded down
 * @param price the nearest double to the venue's text
 * @param size amount in base currency, exact
 * @param taker what its taker did
 */
public record Trade(long id, long timeMs, double price, BigDecimal size, TakerSide taker) {}
