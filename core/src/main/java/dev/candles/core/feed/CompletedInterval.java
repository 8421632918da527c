package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;

/**
 * A whole interval as one reader saw it: either the venue's own closed candle, or all trades that
 * this reader folded into it.
 *
 * @param candle its values; {@code firstTradeId} and {@code lastTradeId} where the venue has them
 * @param venueClosed whether the venue marked it closed
 * @param openedHere whether this process saw the trade id before the fold's first trade
 */
public record CompletedInterval(Candle candle, boolean venueClosed, boolean openedHere)
    implements LiveEvent {
  @Override
  public StreamKey stream() {
    return candle.stream();
  }

  @Override
  public long overMs() {
    return candle.endTimeMs();
  }

  @Override
  public <E extends Exception> void dispatch(LiveEvent.Handler<E> handler) throws E {
    handler.fold(this);
  }
}
