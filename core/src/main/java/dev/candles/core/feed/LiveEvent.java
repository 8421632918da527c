package dev.candles.core.feed;

import dev.candles.core.candle.StreamKey;

/** News of one base stream, for its finalizer: a record for each kind. */
public sealed interface LiveEvent extends FeedEvent
    permits LiveEvent.Announced,
        CompletedInterval,
        LiveEvent.Silent,
        LiveEvent.Late,
        LiveEvent.Clock,
        LiveEvent.Interrupted {

  /**
   * Whoever takes news of a base stream; one method for each kind, so that none is forgotten.
   *
   * @param <E> what its methods throw
   */
  interface Handler<E extends Exception> {
    /** What the lake holds of the stream; its first word in an attempt. */
    void announced(Announced announced) throws E;

    /** A whole interval. */
    void fold(CompletedInterval fold) throws E;

    /** An interval without a trade, proven over as a fold is. */
    void silent(Silent silent) throws E;

    /** A trade came of an interval that was over already. */
    void late(Late late) throws E;

    /** An interval is over, its grace too. At most one per stream and interval. */
    void clock(Clock clock) throws E;

    /** The stream was not watched since a time and is again. */
    void interrupted(Interrupted interrupted) throws E;
  }

  /** The stream that it is about. */
  StreamKey stream();

  /**
   * End (epoch ms, UTC) of the intervals that it shows to be told, be it as a fold, as silent, or
   * as over without either.
   */
  long overMs();

  /** Hands itself to its method of {@code handler}. */
  <E extends Exception> void dispatch(Handler<E> handler) throws E;

  @Override
  default <E extends Exception> void dispatch(FeedEvent.Handler<E> handler) throws E {
    handler.live(this);
  }

  /** What the lake holds of the stream. */
  record Announced(StreamKey stream, StreamBootstrap lake) implements LiveEvent {
    @Override
    public long overMs() {
      return lake.toMs();
    }

    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.announced(this);
    }
  }

  /**
   * An interval without a trade.
   *
   * @param endMs its end, epoch ms, UTC
   */
  record Silent(StreamKey stream, long endMs, EmptyInterval quiet) implements LiveEvent {
    @Override
    public long overMs() {
      return endMs;
    }

    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.silent(this);
    }
  }

  /**
   * A trade came of an interval that was over already.
   *
   * @param hole the trade's interval
   */
  record Late(StreamKey stream, MissingTrades hole) implements LiveEvent {
    /** Its interval was told before, or is left to the repair. */
    @Override
    public long overMs() {
      return hole.fromMs();
    }

    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.late(this);
    }
  }

  /**
   * An interval and its grace are over.
   *
   * @param endMs the interval's end, epoch ms, UTC
   */
  record Clock(StreamKey stream, long endMs) implements LiveEvent {
    @Override
    public long overMs() {
      return endMs;
    }

    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.clock(this);
    }
  }

  /**
   * The stream was not watched and is again.
   *
   * @param sinceMs since when it was not, epoch ms, UTC
   */
  record Interrupted(StreamKey stream, long sinceMs) implements LiveEvent {
    /** Nothing of what came since then is told. */
    @Override
    public long overMs() {
      return sinceMs;
    }

    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.interrupted(this);
    }
  }

  /** Of an interval that was over already there is a trade with the id {@code tradeId}. */
  static Late late(StreamKey stream, long openTimeMs, long tradeId) {
    long endMs = openTimeMs + stream.timeframe().millis();
    return new Late(stream, MissingTrades.near(openTimeMs, endMs, tradeId));
  }
}
