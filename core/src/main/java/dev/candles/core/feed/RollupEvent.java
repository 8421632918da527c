package dev.candles.core.feed;

import dev.candles.core.candle.StreamKey;

/** News for the rollup of one larger stream: a record for each kind. */
public sealed interface RollupEvent permits RollupEvent.Announced, ReplayedParts, RollupEvent.Base {

  /**
   * Whoever takes news of a larger stream; one method for each kind, so that none is forgotten.
   *
   * @param <E> what its methods throw
   */
  interface Handler<E extends Exception> {
    /** The larger stream is there; inputs were held back until now. */
    void announced(Announced announced) throws E;

    /** Base candles of one larger interval, from the lake. */
    void replay(ReplayedParts replay) throws E;

    /** The base stream's ledger accepted something. */
    void base(Base base) throws E;
  }

  /** The larger stream. */
  StreamKey stream();

  /** Hands itself to its method of {@code handler}. */
  <E extends Exception> void dispatch(Handler<E> handler) throws E;

  /** The larger stream is there. */
  record Announced(StreamKey stream) implements RollupEvent {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.announced(this);
    }
  }

  /** The base stream's ledger accepted something. */
  record Base(StreamKey stream, AcceptedEvent accepted) implements RollupEvent {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.base(this);
    }
  }
}
