package dev.candles.batch.quality;

import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Partition;
import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions a job is about; what is null selects all.
 *
 * @param from first day (UTC), inclusive
 * @param to last day (UTC), inclusive
 */
public record Selection(
    @Nullable String venue,
    @Nullable String symbol,
    @Nullable Timeframe timeframe,
    @Nullable LocalDate from,
    @Nullable LocalDate to)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if it ends before it starts
   */
  public Selection {
    if (from != null && to != null && to.isBefore(from)) {
      throw new IllegalArgumentException("days end before they start: from=" + from + ", to=" + to);
    }
  }

  /** Every partition. */
  public static Selection all() {
    return new Selection(null, null, null, null, null);
  }

  /** Whether a partition is one of them. */
  public boolean has(Partition partition) {
    return (venue == null || venue.equals(partition.stream().venue()))
        && (symbol == null || symbol.equals(partition.stream().symbol()))
        && (timeframe == null || timeframe == partition.stream().timeframe())
        && (from == null || !partition.date().isBefore(from))
        && (to == null || !partition.date().isAfter(to));
  }
}
