package dev.candles.core.finality;

import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.time.Retention;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides what is final in base streams: what goes on to the ledger, and what the repair is told.
 * Pure: no clock, no I/O; the caller keeps the state of each stream behind {@link FinalizerStore}.
 *
 * <ol>
 *   <li>The first event of a stream in an attempt says what the lake holds: the frontier is its
 *       end, the versions and the joint are the lake's, and {@link FinalityPolicy} is that of the
 *       stream's evidence.
 *   <li>A fold, a silence or a passed deadline moves the frontier on, as the policy has it. What it
 *       passes over becomes a gap, named once. What is final goes to the ledger.
 *   <li>A late trade, or an interruption of the feed, has the intervals before the frontier asked
 *       about again, as far back as {@link Retention#passedMs}.
 * </ol>
 */
public final class Finalizer {
  private final FinalizerStore store;
  private final Retention retention;

  /** Of the streams that were announced in this attempt; never restored. */
  private final Map<String, FinalityPolicy> policies = new HashMap<>();

  /**
   * @param store holds, whenever {@link #take} is called, the state of that event's stream
   */
  public Finalizer(FinalizerStore store, Retention retention) {
    this.store = store;
    this.retention = retention;
  }

  /**
   * Takes an event of a stream.
   *
   * @throws IllegalStateException if the stream was not announced in this attempt, or the event is
   *     none of its finality
   */
  public void take(LiveEvent event, FinalizerOutput out) {
    event.dispatch(new Step(new StreamEdge(event.stream(), store, retention, out)));
  }

  /** One event of one stream. */
  private final class Step implements LiveEvent.Handler<RuntimeException> {
    private final StreamEdge edge;

    Step(StreamEdge edge) {
      this.edge = edge;
    }

    private FinalityPolicy policy() {
      FinalityPolicy policy = policies.get(edge.stream().id());
      if (policy == null) {
        throw new IllegalStateException("live before announced: stream=" + edge.stream());
      }
      return policy;
    }

    @Override
    public void announced(LiveEvent.Announced announced) {
      StreamBootstrap lake = announced.lake();
      FinalityPolicy policy = FinalityPolicy.of(lake.live());
      policies.put(edge.stream().id(), policy);
      edge.begin(lake);
      edge.out().ledger(new LedgerEvent.Announced(edge.stream(), lake));
      edge.out().repair(RepairEvent.announced(edge.stream(), lake));
      Intervals held =
          Intervals.fromArray(lake.finals()).union(Intervals.fromArray(lake.empties()));
      if (!held.isEmpty()) {
        policy.resumed(edge, held.to(held.count() - 1));
      }
    }

    @Override
    public void fold(CompletedInterval fold) {
      policy().folded(edge, fold);
    }

    @Override
    public void silent(LiveEvent.Silent silent) {
      policy().quiet(edge, silent.endMs(), silent.quiet());
    }

    @Override
    public void clock(LiveEvent.Clock clock) {
      policy().overdue(edge, clock.endMs());
    }

    /** REST is asked once more, if the interval was accounted for and is not too old for it. */
    @Override
    public void late(LiveEvent.Late late) {
      policy();
      MissingTrades hole = late.hole();
      if (hole.fromMs() < edge.frontierMs() && edge.remembers(hole.fromMs())) {
        edge.askForTrades(hole);
        edge.out()
            .repair(new RepairEvent.Reconfirm(edge.stream(), hole.fromMs(), hole.toMs(), null));
      }
    }

    @Override
    public void interrupted(LiveEvent.Interrupted interrupted) {
      policy();
      edge.recheck(interrupted.sinceMs() - retention.interruptedMs(), edge.frontierMs());
    }
  }
}
