package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.Announcement;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.TradeHole;
import dev.candles.core.time.Retention;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

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
   *     none of a base stream of its finality
   */
  public void take(FeedEvent event, FinalizerOutput out) {
    StreamKey stream = Objects.requireNonNull(event.stream());
    StreamEdge edge = new StreamEdge(stream, store, retention, out);
    if (event.kind() == FeedEvent.Kind.ANNOUNCED) {
      announced(edge, Objects.requireNonNull(event.announcement()));
      return;
    }
    FinalityPolicy policy = policies.get(stream.id());
    if (policy == null) {
      throw new IllegalStateException("live before announced: stream=" + stream);
    }
    switch (event.kind()) {
      case FOLD -> policy.folded(edge, Objects.requireNonNull(event.fold()));
      case QUIET -> policy.quiet(edge, event.timeMs(), Objects.requireNonNull(event.quiet()));
      case CLOCK -> policy.overdue(edge, event.timeMs());
      case LATE -> late(edge, Objects.requireNonNull(event.hole()));
      case INTERRUPTED ->
          edge.recheck(event.timeMs() - retention.interruptedMs(), edge.frontierMs());
      case ANNOUNCED, REPLAY, LINK, REJECT ->
          throw new IllegalStateException("not for the finalizer: kind=" + event.kind());
    }
  }

  private void announced(StreamEdge edge, Announcement lake) {
    FinalityPolicy policy = FinalityPolicy.of(lake.live());
    policies.put(edge.stream().id(), policy);
    store.frontier().put(lake.toMs());
    store.passed().clear();
    for (Candle candle : lake.recent()) {
      store.passed().put(candle.openTimeMs(), Version.of(candle));
    }
    edge.rememberSilence(Intervals.fromArray(lake.empties()), lake.toMs());
    store.joint().put(TradeJoin.of(lake.recent()));
    edge.out().ledger(LedgerEvent.announced(edge.stream(), lake));
    edge.out().repair(RepairEvent.announced(edge.stream(), lake));
    Intervals held = Intervals.fromArray(lake.finals()).union(Intervals.fromArray(lake.empties()));
    if (!held.isEmpty()) {
      policy.resumed(edge, held.to(held.count() - 1));
    }
  }

  /** REST is asked once more, if the interval was accounted for and is not too old for it. */
  private static void late(StreamEdge edge, TradeHole hole) {
    if (hole.fromMs() < edge.frontierMs() && edge.remembers(hole.fromMs())) {
      edge.askForTrades(hole);
      edge.out().repair(RepairEvent.recheck(edge.stream(), hole.fromMs(), hole.toMs(), null));
    }
  }
}
