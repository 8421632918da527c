package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.EmptyInterval;
import dev.candles.core.feed.MissingTrades;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A candle is final when contiguous trade ids prove it whole, see {@link TradeJoin}. Ids tell by
 * themselves what was missed while nobody listened, so nothing is asked about on suspicion.
 */
final class TradeIds implements FinalityPolicy {
  /**
   * The last id of intervals that nothing vouches for, until the chain begins behind them. Never
   * restored: a reader that starts again begins with such an interval.
   */
  private @Nullable Long unjoinedId;

  @Override
  public void resumed(StreamEdge edge, long heldToMs) {}

  @Override
  public void folded(StreamEdge edge, CompletedInterval fold) {
    if (fold.venueClosed()) {
      throw new IllegalStateException("closed by the venue, not by trades: " + fold.candle());
    }
    TradeJoin.Joint before = edge.joint();
    TradeJoin.Step step = TradeJoin.fold(edge.frontierMs(), before, fold);
    if (before != null && isBroken(step)) { // a first candle alone does not tell the largest id
      tellJoint(edge, before, step.joint());
    }
    apply(edge, step);
    Candle candle = fold.candle();
    long firstId = Objects.requireNonNull(candle.firstTradeId());
    if (begins(before, step, firstId, Objects.requireNonNull(candle.lastTradeId()))) {
      edge.askForTrades(TradeJoin.before(candle.openTimeMs(), firstId - 1, edge.stepMs()));
    }
    if (step.pass()) {
      edge.pass(candle);
    }
  }

  @Override
  public void quiet(StreamEdge edge, long endMs, EmptyInterval quiet) {
    TradeJoin.Joint before = edge.joint();
    TradeJoin.Step step = TradeJoin.quiet(edge.frontierMs(), before, endMs, edge.stepMs(), quiet);
    if (before == null || isBroken(step)) {
      tellJoint(edge, before, step.joint());
    }
    apply(edge, step);
    long lastId = quiet.lastTradeId();
    if (begins(before, step, lastId + 1, lastId)) {
      edge.askForTrades(TradeJoin.before(endMs - edge.stepMs(), lastId, edge.stepMs()));
    }
  }

  /**
   * Whether the chain begins with this interval, behind ids that are missing. They may be of late
   * trades of before, and no joint tells of that hole.
   */
  private boolean begins(
      TradeJoin.@Nullable Joint before, TradeJoin.Step step, long firstId, long lastId) {
    if (step.joint() == null) {
      unjoinedId = lastId;
      return false;
    }
    Long unjoined = unjoinedId;
    unjoinedId = null;
    return before == null && unjoined != null && firstId > unjoined + 1;
  }

  private static boolean isBroken(TradeJoin.Step step) {
    return step.hole() != null || !step.gap().isEmpty();
  }

  /** The chain begins, or begins anew: the repair may go by its ids from here on. */
  private static void tellJoint(
      StreamEdge edge, TradeJoin.@Nullable Joint before, TradeJoin.@Nullable Joint now) {
    if (now != null) {
      long lastId = before == null ? now.lastId() : Math.max(before.lastId(), now.lastId());
      edge.joined(now.toMs(), lastId);
    }
  }

  private static void apply(StreamEdge edge, TradeJoin.Step step) {
    edge.putJoint(step.joint());
    MissingTrades hole = step.hole();
    if (hole != null) {
      edge.askForTrades(TradeJoin.asked(hole, edge.stepMs(), edge.remembers(hole.fromMs())));
    }
    edge.advance(step.frontierMs(), step.gap(), Reason.SKIPPED);
    edge.silent(step.empty());
  }
}
