package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import java.util.List;

/**
 * What a page of candles has done to a gap of the base timeframe.
 *
 * @param gap the gap from now on
 * @param settled intervals that the page has settled
 * @param rows their rows; the others are silent
 * @param left intervals that were asked for and of which the page proves nothing
 * @param readable whether its rows could be read
 * @param wholeToMs intervals that end later were too young when the answer was made, epoch ms
 * @param nowMs the venue's time, epoch ms
 */
record GapReading(
    GapState gap,
    Intervals settled,
    List<Candle> rows,
    Intervals left,
    boolean readable,
    long wholeToMs,
    long nowMs) {}
