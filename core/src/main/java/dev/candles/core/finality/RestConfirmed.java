package dev.candles.core.finality;

import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.EmptyInterval;

/**
 * A candle is final when REST has confirmed it after its settle time, whatever the feed says: it
 * closes nothing, and its trades have no ids that chain. Nobody has to listen, so an interruption
 * raises no question; what is confirmed young is read again as a matter of course.
 */
final class RestConfirmed implements FinalityPolicy {
  @Override
  public void resumed(StreamEdge edge, long heldToMs) {}

  @Override
  public void folded(StreamEdge edge, CompletedInterval fold) {
    throw new IllegalStateException("told by the feed where REST confirms: " + fold.candle());
  }

  @Override
  public void quiet(StreamEdge edge, long endMs, EmptyInterval quiet) {
    throw new IllegalStateException("silence by trade ids where REST confirms: end=" + endMs);
  }

  @Override
  public void overdue(StreamEdge edge, long endMs) {
    if (edge.frontierMs() < endMs) {
      edge.confirm(endMs);
    }
  }
}
