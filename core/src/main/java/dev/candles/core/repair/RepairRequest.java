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

  /** For as much of a page of candles as the query asks for. */
  static RepairRequest candles(RepairWork work, RestQuery query, GapState.Page page) {
    return new RepairRequest(work, Rows.CANDLES, query, page.since(query.fromMs()));
  }

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
