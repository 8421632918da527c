package dev.candles.core.lake;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import java.util.List;
import java.util.Optional;

/**
 * What a lake holds of a range of one stream.
 *
 * @param candles current versions, revisions overlaid, ascending by open time
 * @param known what has one of these candles or is proven empty
 * @param archived whose candle lies in another lake and is not here
 */
public record HeldParts(List<Candle> candles, Intervals known, Intervals archived) {
  /**
   * The candles in {@code [fromMs, toMs)}, if of each interval there it is known that it has one or
   * is proven empty.
   */
  public Optional<List<Candle>> whole(long fromMs, long toMs) {
    if (!Intervals.of(fromMs, toMs).minus(known).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        candles.stream()
            .filter(candle -> candle.openTimeMs() >= fromMs && candle.openTimeMs() < toMs)
            .toList());
  }

  /** Whether part of {@code [fromMs, toMs)} lies in another lake. */
  public boolean isArchived(long fromMs, long toMs) {
    return !archived.intersect(Intervals.of(fromMs, toMs)).isEmpty();
  }
}
