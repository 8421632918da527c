package dev.candles.core.rollup;

import dev.candles.core.candle.Candle;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.state.StateEntries;
import dev.candles.core.state.StateList;
import dev.candles.core.state.StateMap;

/**
 * What the rollup keeps of the larger stream that it is asked about, so that it outlives it. Times
 * are epoch ms, UTC.
 *
 * @param parts base candles of larger intervals, by open time
 * @param known which base intervals of a larger one are known, by its open time: a bit each, as
 *     words; one of which nothing is known has none
 * @param late base candles that were revised when the other parts were forgotten, by open time
 * @param awaited days with intervals that wait for the lake, by their start, and when one of them
 *     was last heard of, as {@code Committed} counts
 * @param parked events that came before the stream was announced
 */
public record RollupStore(
    StateMap<Long, Candle> parts,
    StateEntries<Long, long[]> known,
    StateEntries<Long, Candle> late,
    StateEntries<Long, Long> awaited,
    StateList<RollupEvent> parked) {}
