package dev.candles.core.repair;

import dev.candles.core.coverage.Intervals;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that is to be sent.
 *
 * @param work the task that asks
 * @param rows what its answer holds
 * @param query what to send
 * @param page what was asked of a gap or a confirmation, null for other tasks
 */
public record RepairRequest(
    RepairWork work, Rows rows, RestQuery query, GapState.@Nullable Page page) {

  /** The intervals of its page. */
  Intervals wanted() {
    return Objects.requireNonNull(page, "no page").wanted();
  }

  /** What the rows of an answer are, and so how it is decoded. */
  public enum Rows {
    CANDLES,
    TRADES
  }
}
