package dev.candles.core.repair;

import dev.candles.core.candle.StreamKey;

/**
 * A REST request as a description, not a call.
 *
 * @param path path and query, starting with a slash; appended to the venue's base address
 * @param budget which of the venue's request budgets it draws on
 * @param stream the stream asked about
 * @param fromMs open time of the first interval that the answer should reach, epoch ms, UTC
 * @param toMs end, exclusive, of the last interval that the answer should reach, epoch ms, UTC
 */
public record RestQuery(String path, String budget, StreamKey stream, long fromMs, long toMs) {}
