package dev.candles.core.finality;

import dev.candles.core.state.StateMap;
import dev.candles.core.state.StateValue;
import java.util.HashMap;

/**
 * What {@link Finalizer} keeps of the stream that it is asked about, so that it outlives it.
 *
 * @param frontier open time (epoch ms, UTC) of the first interval that the live path has not
 *     accounted for; none before the stream was announced
 * @param joint how far the chain of trade ids reaches; none if nothing can be joined
 * @param passed the versions that were passed, by open time
 */
public record FinalizerStore(
    StateValue<Long> frontier, StateValue<TradeJoin.Joint> joint, StateMap<Long, Version> passed) {

  /** One stream's, in memory. */
  public static FinalizerStore inMemory() {
    return new FinalizerStore(
        StateValue.inMemory(), StateValue.inMemory(), StateMap.of(new HashMap<>()));
  }

  /**
   * The frontier, epoch ms, UTC.
   *
   * @throws IllegalStateException if the stream was never announced
   */
  long frontierMs() {
    Long frontierMs = frontier.get();
    if (frontierMs == null) {
      throw new IllegalStateException("frontier of a stream that was not announced");
    }
    return frontierMs;
  }
}
