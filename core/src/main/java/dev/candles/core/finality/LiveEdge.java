package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import org.jspecify.annotations.Nullable;

/**
 * The live edge of a stream on a venue that closes its own candles: what a closed candle or a
 * passed deadline means, given the frontier, which is the open time of the first interval that the
 * live path has not accounted for. Pure: the caller keeps the frontier as its state.
 */
public final class LiveEdge {
  /** The revision of a version that was asked about and not passed. */
  static final int ASKED = -1;

  private LiveEdge() {}

  /**
   * What is to be done.
   *
   * @param frontierMs the new frontier, epoch ms, UTC
   * @param gap intervals that turned out to be missing; each is named once
   * @param pass whether the candle goes on to the ledger
   * @param recheck whether the candle differs from the one that came before, or that one did and
   *     was not passed, so that only the venue's REST can say which one holds
   */
  public record Step(long frontierMs, Intervals gap, boolean pass, boolean recheck) {}

  /**
   * A closed candle arrived.
   *
   * @param known the version of the interval that was passed before, or {@link #ASKED} about since,
   *     null if none is remembered
   */
  public static Step closed(long frontierMs, Candle candle, @Nullable Version known) {
    if (candle.openTimeMs() >= frontierMs) {
      Intervals skipped = Intervals.of(frontierMs, candle.openTimeMs());
      return new Step(candle.endTimeMs(), skipped, true, false);
    }
    boolean differs =
        known != null && (known.revision() == ASKED || !known.same(Version.of(candle)));
    return new Step(frontierMs, Intervals.empty(), !differs, differs);
  }

  /** The end of an interval and its grace are over. */
  public static Step overdue(long frontierMs, long endMs) {
    return frontierMs < endMs
        ? new Step(endMs, Intervals.of(frontierMs, endMs), false, false)
        : new Step(frontierMs, Intervals.empty(), false, false);
  }
}
