package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import java.util.List;

/** What a venue source emits: a record for each kind of news. */
public sealed interface FeedEvent
    permits LiveEvent,
        FeedEvent.Larger,
        ReplayedParts,
        ConnectionEvent,
        Reject,
        FeedEvent.ClockOffset {

  /**
   * Whoever takes what a source emits; one method for each kind, so that none is forgotten.
   *
   * @param <E> what its methods throw
   */
  interface Handler<E extends Exception> {
    /** News of a base stream. */
    void live(LiveEvent event) throws E;

    /** What the lake holds of a larger stream. */
    void larger(Larger announced) throws E;

    /** Base candles of one larger interval, from the lake. */
    void replay(ReplayedParts replay) throws E;

    /** Something happened to a connection. */
    void link(ConnectionEvent mark) throws E;

    /** Something from outside was not believed. */
    void reject(Reject reject) throws E;

    /** This machine's clock differs from the venue's, or does not any more. */
    void clockOffset(ClockOffset told) throws E;
  }

  /** Hands itself to its method of {@code handler}. */
  <E extends Exception> void dispatch(Handler<E> handler) throws E;

  /**
   * What the lake holds of a stream that is larger than the base; its first word in an attempt.
   *
   * @param stream the larger stream
   */
  record Larger(StreamKey stream, StreamBootstrap lake) implements FeedEvent {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.larger(this);
    }
  }

  /**
   * This machine's clock differs from the venue's, or does not any more.
   *
   * @param reader the number of the reader that says so among those of the venue
   * @param offsetMs the venue's clock minus ours, milliseconds; 0 if that is not worth a word
   */
  record ClockOffset(String venue, int reader, long offsetMs) implements FeedEvent {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.clockOffset(this);
    }
  }

  /** What the lake holds of a stream of any timeframe. */
  static FeedEvent announced(StreamKey stream, StreamBootstrap lake) {
    return stream.timeframe() == Timeframe.BASE
        ? new LiveEvent.Announced(stream, lake)
        : new Larger(stream, lake);
  }

  /**
   * Base candles that the lake holds of one larger interval.
   *
   * @param openTimeMs open time of the larger interval, epoch ms, UTC
   * @param silent its base intervals that are proven silent
   */
  static FeedEvent replay(StreamKey larger, long openTimeMs, List<Candle> base, Intervals silent) {
    return new ReplayedParts(larger, openTimeMs, base, silent.toArray());
  }
}
