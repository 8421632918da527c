package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.EmptyInterval;

/**
 * A candle is final by the venue's own closed flag, see {@link LiveEdge}. The venue may close one
 * again with other values, so what it closed last is remembered, and what it may have closed again
 * while nobody listened is asked about.
 */
final class ClosedFlag implements FinalityPolicy {
  @Override
  public void resumed(StreamEdge edge, long heldToMs) {
    edge.recheck(heldToMs - edge.retention().interruptedMs(), heldToMs); // however long ago it was
  }

  @Override
  public void folded(StreamEdge edge, CompletedInterval fold) {
    Candle candle = fold.candle();
    if (!fold.venueClosed()) {
      throw new IllegalStateException("not closed by the venue: " + candle);
    }
    LiveEdge.Step step =
        LiveEdge.closed(edge.frontierMs(), candle, edge.passed(candle.openTimeMs()));
    edge.advance(step.frontierMs(), step.gap(), Reason.SKIPPED);
    if (step.recheck()) {
      edge.recheck(candle);
      edge.rememberAsked(candle); // so that a return to what was passed is asked about too
    }
    if (step.pass()) {
      edge.remember(candle);
      edge.pass(candle);
    }
  }

  @Override
  public void quiet(StreamEdge edge, long endMs, EmptyInterval quiet) {
    throw new IllegalStateException("silence by trade ids where candles are closed: end=" + endMs);
  }
}
