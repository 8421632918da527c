package dev.candles.batch.quality.scan;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lowest and the highest number that the rows of each stream have in each day of the log. */
final class DayNumbers {
  private final int days;
  private final Map<StreamKey, long[]> lowest = new HashMap<>();
  private final Map<StreamKey, long[]> highest = new HashMap<>();

  /** Of so many days, of which nothing is known yet. */
  DayNumbers(int days) {
    this.days = days;
  }

  /** Learns of rows of a day. */
  void add(StreamKey stream, int day, List<CoverageRow> rows) {
    long[] low = lowest.computeIfAbsent(stream, same -> all(Long.MAX_VALUE));
    long[] high = highest.computeIfAbsent(stream, same -> all(Long.MIN_VALUE));
    for (CoverageRow row : rows) {
      low[day] = Math.min(low[day], row.seq());
      high[day] = Math.max(high[day], row.seq());
    }
  }

  private long[] all(long number) {
    long[] each = new long[days];
    Arrays.fill(each, number);
    return each;
  }

  /** Whether a row of a day may have a number of {@code [from, to]}. */
  boolean has(StreamKey stream, int day, long from, long to) {
    long[] low = lowest.get(stream);
    long[] high = highest.get(stream);
    return low != null && high != null && low[day] <= to && high[day] >= from;
  }

  /**
   * For each stream, by days: the lowest number of all later days, {@link Long#MAX_VALUE} if they
   * have none.
   */
  Map<StreamKey, long[]> later() {
    Map<StreamKey, long[]> later = new HashMap<>();
    lowest.forEach(
        (stream, low) -> {
          long[] its = all(Long.MAX_VALUE);
          for (int day = days - 2; day >= 0; day--) {
            its[day] = Math.min(its[day + 1], low[day + 1]);
          }
          later.put(stream, its);
        });
    return later;
  }
}
