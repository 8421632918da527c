package dev.candles.core.repair;

import org.jspecify.annotations.Nullable;

/**
 * A request that is to be sent.
 *
 * @param work the task that asks
 * @param rows what its answer holds
 * @param query what to send
 * @param page what was asked of a gap, null for other tasks
 */
public record RepairRequest(
    RepairWork work, Rows rows, RestQuery query, OpenGap.@Nullable Page page) {

  /** What the rows of an answer are, and so how it is decoded. */
  public enum Rows {
    CANDLES,
    TRADES
  }
}
