package dev.candles.core.finality;

import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.EmptyInterval;

/**
 * What makes the candles of one kind of venue final. Holds no state: that is the {@link
 * StreamEdge}'s.
 */
interface FinalityPolicy {
  /**
   * The policy of a stream.
   *
   * @param live the evidence of what the live path makes final
   * @throws IllegalArgumentException if no live path has such evidence
   */
  static FinalityPolicy of(Evidence live) {
    return switch (live) {
      case VENUE_FLAG -> new ClosedFlag();
      case TRADE_CHAIN -> new TradeIds();
      case REST -> new RestConfirmed();
      case REST_TWICE, REST_TRADES, ROLLUP ->
          throw new IllegalArgumentException("not the evidence of a live path: " + live);
    };
  }

  /**
   * The stream goes on from what the lake holds.
   *
   * @param heldToMs end of the newest interval that is final or empty, epoch ms, UTC
   */
  void resumed(StreamEdge edge, long heldToMs);

  /** The feed has told a whole interval. */
  void folded(StreamEdge edge, CompletedInterval fold);

  /** The feed has told an interval without a trade that ends at {@code endMs} (epoch ms, UTC). */
  void quiet(StreamEdge edge, long endMs, EmptyInterval quiet);

  /** The interval that ends at {@code endMs} (epoch ms, UTC) and its grace are over. */
  default void overdue(StreamEdge edge, long endMs) {
    LiveEdge.Step step = LiveEdge.overdue(edge.frontierMs(), endMs);
    edge.advance(step.frontierMs(), step.gap(), Reason.NOT_CLOSED);
  }
}
