package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Reason;

/** News for the ledger of a stream: a record for each kind. */
public sealed interface LedgerEvent
    permits LedgerEvent.Announced,
        LedgerEvent.Final,
        LedgerEvent.Missing,
        LedgerEvent.Filled,
        LedgerEvent.Empty,
        LedgerEvent.Unrecoverable {

  /**
   * Whoever takes news of a stream; one method for each kind, so that none is forgotten.
   *
   * @param <E> what its methods throw
   */
  interface Handler<E extends Exception> {
    /** What the lake holds. */
    void announced(Announced told) throws E;

    /** A final candle. */
    void candle(Final told) throws E;

    /** Intervals found missing. */
    void missing(Missing told) throws E;

    /** Intervals that were missing and have their candles now: closes a coverage row. */
    void filled(Filled told) throws E;

    /** Intervals proven silent. */
    void empty(Empty told) throws E;

    /** Intervals given up. */
    void unrecoverable(Unrecoverable told) throws E;
  }

  /** The stream that it is about. */
  StreamKey stream();

  /** Start of the range that it speaks of, epoch ms, UTC. */
  long fromMs();

  /** Its end, exclusive, epoch ms, UTC. */
  long toMs();

  /** Hands itself to its method of {@code handler}. */
  <E extends Exception> void dispatch(Handler<E> handler) throws E;

  /** What the lake holds. */
  record Announced(StreamKey stream, StreamBootstrap lake) implements LedgerEvent {
    @Override
    public long fromMs() {
      return lake.fromMs();
    }

    @Override
    public long toMs() {
      return lake.toMs();
    }

    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.announced(this);
    }
  }

  /** A final candle. */
  record Final(Candle candle) implements LedgerEvent, AcceptedEvent {
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
    public <E extends Exception> void dispatch(LedgerEvent.Handler<E> handler) throws E {
      handler.candle(this);
    }

    @Override
    public <E extends Exception> void dispatch(AcceptedEvent.Handler<E> handler) throws E {
      handler.candle(this);
    }
  }

  /** Intervals found missing. */
  record Missing(StreamKey stream, long fromMs, long toMs, Reason reason)
      implements LedgerEvent, AcceptedEvent {
    @Override
    public <E extends Exception> void dispatch(LedgerEvent.Handler<E> handler) throws E {
      handler.missing(this);
    }

    @Override
    public <E extends Exception> void dispatch(AcceptedEvent.Handler<E> handler) throws E {
      handler.missing(this);
    }
  }

  /** Intervals that were missing and have their candles now. */
  record Filled(StreamKey stream, long fromMs, long toMs, Evidence evidence)
      implements LedgerEvent, AcceptedEvent {
    @Override
    public <E extends Exception> void dispatch(LedgerEvent.Handler<E> handler) throws E {
      handler.filled(this);
    }

    @Override
    public <E extends Exception> void dispatch(AcceptedEvent.Handler<E> handler) throws E {
      handler.filled(this);
    }
  }

  /** Intervals proven silent. */
  record Empty(StreamKey stream, long fromMs, long toMs, Evidence evidence)
      implements LedgerEvent, AcceptedEvent {
    @Override
    public <E extends Exception> void dispatch(LedgerEvent.Handler<E> handler) throws E {
      handler.empty(this);
    }

    @Override
    public <E extends Exception> void dispatch(AcceptedEvent.Handler<E> handler) throws E {
      handler.empty(this);
    }
  }

  /** Intervals given up. */
  record Unrecoverable(StreamKey stream, long fromMs, long toMs, Reason reason)
      implements LedgerEvent, AcceptedEvent {
    @Override
    public <E extends Exception> void dispatch(LedgerEvent.Handler<E> handler) throws E {
      handler.unrecoverable(this);
    }

    @Override
    public <E extends Exception> void dispatch(AcceptedEvent.Handler<E> handler) throws E {
      handler.unrecoverable(this);
    }
  }
}
