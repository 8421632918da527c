package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import org.jspecify.annotations.Nullable;

/** News for the backfill of a venue, each of one stream: a record for each kind. */
public sealed interface RepairEvent {

  /**
   * Whoever takes news of a repair; one method for each kind, so that none is forgotten.
   *
   * @param <E> what its methods throw
   */
  interface Handler<E extends Exception> {
    /** A stream is there, and this is all that it lacks: forget any other gap of it. */
    void announced(Announced told) throws E;

    /** More intervals are missing. */
    void gap(Gap told) throws E;

    /** Intervals that are over, and final when REST confirms them. */
    void confirm(Confirm told) throws E;

    /** Candles are to be read again. */
    void recheck(Reconfirm told) throws E;

    /** Intervals whose trades are to be asked for by their ids. */
    void trades(Trades told) throws E;

    /** The live chain of trade ids has begun, or begun anew. */
    void joined(Joined told) throws E;
  }

  /** The stream that it is about. */
  StreamKey stream();

  /** Hands itself to its method of {@code handler}. */
  <E extends Exception> void dispatch(Handler<E> handler) throws E;

  /**
   * A stream is there.
   *
   * @param fromMs from when on this tells what it lacks, epoch ms, UTC
   * @param toMs up to when, epoch ms, UTC
   * @param missing open intervals, see {@link Intervals#toArray}
   * @param givenUp unrecoverable intervals, to be asked for once a day; also before {@code fromMs}
   * @param venueSymbol the venue's own name of the market
   * @param listedAtMs when the market was listed, epoch ms; 0 if unknown
   */
  @SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares these
  record Announced(
      StreamKey stream,
      long fromMs,
      long toMs,
      long[] missing,
      long[] givenUp,
      String venueSymbol,
      long listedAtMs)
      implements RepairEvent, LakeKnowledge {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.announced(this);
    }

    @Override
    public Intervals unknown() {
      return Intervals.fromArray(missing);
    }

    @Override
    public Intervals lost() {
      return Intervals.fromArray(givenUp);
    }
  }

  /**
   * More intervals are missing.
   *
   * @param missing open intervals, see {@link Intervals#toArray}
   */
  @SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares these
  record Gap(StreamKey stream, long[] missing, Reason reason) implements RepairEvent {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.gap(this);
    }
  }

  /**
   * Intervals {@code [fromMs, toMs)} of a base stream are over.
   *
   * @param fromMs open time of the first, epoch ms, UTC
   * @param toMs end of the last, epoch ms, UTC
   */
  record Confirm(StreamKey stream, long fromMs, long toMs) implements RepairEvent {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.confirm(this);
    }
  }

  /**
   * Candles are to be read again.
   *
   * @param fromMs first open time to ask about, epoch ms, UTC
   * @param toMs end, exclusive, epoch ms, UTC
   * @param candidate the differing candle, null if there is none
   */
  record Reconfirm(StreamKey stream, long fromMs, long toMs, @Nullable Candle candidate)
      implements RepairEvent {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.recheck(this);
    }
  }

  /**
   * Intervals whose trades are to be asked for.
   *
   * @param hole the intervals and the ids around them
   */
  record Trades(StreamKey stream, MissingTrades hole) implements RepairEvent {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.trades(this);
    }
  }

  /**
   * No trade before {@code timeMs} has an id above {@code lastId}.
   *
   * @param timeMs epoch ms, UTC
   */
  record Joined(StreamKey stream, long timeMs, long lastId) implements RepairEvent {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.joined(this);
    }
  }

  /** What a stream lacks by what the lake holds of it. */
  static RepairEvent announced(StreamKey stream, StreamBootstrap lake) {
    return new Announced(
        stream,
        lake.fromMs(),
        lake.toMs(),
        lake.unknown().toArray(),
        lake.unrecoverable(),
        lake.venueSymbol(),
        lake.listedAtMs());
  }

  /** More intervals are missing. */
  static RepairEvent gap(StreamKey stream, Intervals missing, Reason reason) {
    return new Gap(stream, missing.toArray(), reason);
  }
}
