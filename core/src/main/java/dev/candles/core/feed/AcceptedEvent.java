package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;

/** What the ledger of a base stream has accepted, for larger timeframes: a record per kind. */
public sealed interface AcceptedEvent
    permits LedgerEvent.Final,
        AcceptedEvent.Changed,
        LedgerEvent.Missing,
        LedgerEvent.Filled,
        LedgerEvent.Empty,
        LedgerEvent.Unrecoverable {

  /**
   * Whoever takes what was accepted; one method for each kind, so that none is forgotten.
   *
   * @param <E> what its methods throw
   */
  interface Handler<E extends Exception> {
    /** The first that was told of an interval is its candle. */
    void candle(LedgerEvent.Final told) throws E;

    /** A candle where another version, a proven silence or nothing to be had was told. */
    void changed(Changed told) throws E;

    /** Intervals found missing. */
    void missing(LedgerEvent.Missing told) throws E;

    /** Intervals that were missing and have their candles now. */
    void filled(LedgerEvent.Filled told) throws E;

    /** Intervals proven silent. */
    void empty(LedgerEvent.Empty told) throws E;

    /** Intervals given up. */
    void unrecoverable(LedgerEvent.Unrecoverable told) throws E;
  }

  /** The base stream. */
  StreamKey stream();

  /** Start of the range that it speaks of, epoch ms, UTC. */
  long fromMs();

  /** Its end, exclusive, epoch ms, UTC. */
  long toMs();

  /** Hands itself to its method of {@code handler}. */
  <E extends Exception> void dispatch(Handler<E> handler) throws E;

  /** A candle where another version, a proven silence or nothing to be had was told. */
  record Changed(Candle candle) implements AcceptedEvent {
    @Override
    public StreamKey stream() {
      return candle.stream();
    }

    @Override
    public long fromMs() {
      return candle.openTimeMs();
    }

    @Override
    public long toMs() {
      return candle.endTimeMs();
    }

    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.changed(this);
    }
  }
}
