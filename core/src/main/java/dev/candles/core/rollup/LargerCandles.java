package dev.candles.core.rollup;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.lake.Committed;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Makes the candles of larger streams by {@link Rollup}: an interval is folded when all of its base
 * intervals are final or proven empty, and again when one of them is revised. Pure but for what it
 * reads of the lake: no clock; the caller keeps the state of each stream behind {@link
 * RollupStore}, and its timers behind {@link RollupTimers}.
 *
 * <ol>
 *   <li>What comes of a stream before its announcement in this attempt is parked.
 *   <li>The base candles of an interval are kept for {@link Retention#partsMs} after its end, and
 *       those of an older one while it is being filled; what is lacking here is looked for in the
 *       lake, see {@link RollupFolds}.
 *   <li>What base intervals lack or lost, so do the larger ones that they are part of.
 * </ol>
 */
public final class LargerCandles {
  private final RollupStore store;
  private final KeptParts state;
  private final Committed committed = new Committed();
  private final RollupFolds folds;

  /**
   * @param store holds, whenever a stream is asked about, the state of that stream
   * @param clock tells market time from real
   * @param rereadMs how often the lake is looked at (real milliseconds): there is no news in it
   *     sooner than after a checkpoint
   * @param nanos tells how long something takes, nanoseconds
   */
  public LargerCandles(
      RollupStore store, MarketClock clock, LakeParts lake, long rereadMs, LongSupplier nanos) {
    this.store = store;
    this.state = new KeptParts(store);
    LakeTurns turns = new LakeTurns(lake, rereadMs, nanos);
    this.folds = new RollupFolds(state, clock, committed, turns, rereadMs);
  }

  /** The state was saved for the checkpoint of this number. */
  public void taken(long checkpoint) {
    committed.taken(checkpoint);
  }

  /** The checkpoint of this number is complete. */
  public void completed(long checkpoint) {
    committed.completed(checkpoint);
  }

  /** Takes what is told of a larger stream. */
  public void take(RollupEvent event, RollupTimers timers, RollupOutput out) {
    if (event instanceof RollupEvent.Announced || folds.isAnnounced(event.stream())) {
      event.dispatch(new Taking(event.stream(), timers, out));
    } else {
      store.parked().add(event);
    }
  }

  /**
   * A time has come for which {@link RollupTimers#wakeAt} was asked.
   *
   * @param realMs what was asked for, epoch ms
   */
  public void onTimer(StreamKey larger, long realMs, RollupTimers timers, RollupOutput out) {
    folds.onTimer(larger, realMs, timers, out);
  }

  /** Takes what is told of one larger stream. */
  private final class Taking
      implements RollupEvent.Handler<RuntimeException>, AcceptedEvent.Handler<RuntimeException> {
    private final StreamKey larger;
    private final Timeframe timeframe;
    private final RollupTimers timers;
    private final RollupOutput out;

    Taking(StreamKey larger, RollupTimers timers, RollupOutput out) {
      this.larger = larger;
      this.timeframe = larger.timeframe();
      this.timers = timers;
      this.out = out;
    }

    @Override
    public void announced(RollupEvent.Announced told) {
      folds.announced(larger, timers);
      for (RollupEvent waiting : store.parked().drain()) {
        waiting.dispatch(this);
      }
    }

    /**
     * Folds what the lake holds of one interval. Also where the lake holds the larger candle
     * already: if it missed a revision of a part, it is mended; else the ledger knows it. What is
     * old and not complete is not kept: all that is told of it here is in the lake.
     */
    @Override
    public void replay(ReplayedParts told) {
      long window = told.openTimeMs();
      boolean known = state.knows(window);
      state.putAll(timeframe, told.base());
      List<Candle> revised = state.late(timeframe).getOrDefault(window, List.of());
      state.putAll(timeframe, revised); // since the lake was read
      state.putSilent(timeframe, Intervals.fromArray(told.silent()));
      boolean complete = state.isComplete(timeframe, window);
      if (folds.isOld(larger, window, timers) && !known && !complete) {
        state.drop(timeframe, window);
      } else {
        folds.foldOrKeep(larger, window, complete, timers, out);
      }
    }

    @Override
    public void base(RollupEvent.Base told) {
      told.accepted().dispatch(this);
    }

    @Override
    public void candle(LedgerEvent.Final told) {
      part(told.candle());
    }

    private void part(Candle part) {
      boolean complete = state.put(timeframe, part);
      folds.foldOrKeep(larger, timeframe.floor(part.openTimeMs()), complete, timers, out);
    }

    /** What the larger candle was made of may be forgotten, or was never told in this attempt. */
    @Override
    public void changed(AcceptedEvent.Changed told) {
      Candle part = told.candle();
      long window = timeframe.floor(part.openTimeMs());
      boolean known = state.knows(window);
      boolean over = folds.isOver(larger, window, timers);
      if (known || !over) {
        part(part);
      }
      if (over && (!known || (state.knows(window) && !state.isComplete(timeframe, window)))) {
        state.putLate(part);
        folds.await(larger, window, timers);
      }
    }

    @Override
    public void empty(LedgerEvent.Empty told) {
      for (long window = timeframe.floor(told.fromMs());
          window < told.toMs();
          window += timeframe.millis()) {
        long fromMs = Math.max(told.fromMs(), window);
        long toMs = Math.min(told.toMs(), window + timeframe.millis());
        boolean complete = state.putSilent(timeframe, fromMs, toMs);
        folds.foldOrKeep(larger, window, complete, timers, out);
      }
    }

    @Override
    public void missing(LedgerEvent.Missing told) {
      out.ledger(new LedgerEvent.Missing(larger, fromMs(told), toMs(told), Reason.BASE));
    }

    @Override
    public void unrecoverable(LedgerEvent.Unrecoverable told) {
      out.ledger(new LedgerEvent.Unrecoverable(larger, fromMs(told), toMs(told), Reason.BASE));
    }

    @Override
    public void filled(LedgerEvent.Filled told) {
      out.ledger(new LedgerEvent.Filled(larger, fromMs(told), toMs(told), Evidence.ROLLUP));
    }

    private long fromMs(AcceptedEvent told) {
      return timeframe.floor(told.fromMs());
    }

    private long toMs(AcceptedEvent told) {
      return timeframe.ceil(told.toMs());
    }
  }
}
