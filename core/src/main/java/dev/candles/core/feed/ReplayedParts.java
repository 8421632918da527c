package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import java.util.List;

/**
 * What the lake holds of the parts of one larger interval.
 *
 * @param stream the larger stream
 * @param openTimeMs open time of the larger interval, epoch ms, UTC
 * @param base its base candles
 * @param silent its base intervals that are proven silent, see {@link Intervals#toArray}
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares these
public record ReplayedParts(StreamKey stream, long openTimeMs, List<Candle> base, long[] silent)
    implements FeedEvent, RollupEvent {

  @Override
  public <E extends Exception> void dispatch(FeedEvent.Handler<E> handler) throws E {
    handler.replay(this);
  }

  @Override
  public <E extends Exception> void dispatch(RollupEvent.Handler<E> handler) throws E {
    handler.replay(this);
  }
}
