package dev.candles.lake.view;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.compact.DayKnowledge;
import dev.candles.lake.coverage.CoverageStates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The change log of coverage, read once and answered day by day. */
public final class CoverageDays {
  /**
   * A row is written after the intervals it is about; a clock that was wrong by less than this does
   * no harm.
   */
  private static final int CLOCK_DAYS = 1;

  private final Map<StreamKey, Known> streams;
  private final DayReader days;

  private CoverageDays(Map<StreamKey, Known> streams, DayReader days) {
    this.streams = streams;
    this.days = days;
  }

  private record Known(CoverageStates states, long sinceMs) {
    static Known nothing(StreamKey stream) {
      return new Known(new CoverageStates(stream.timeframe()), Long.MAX_VALUE);
    }

    Intervals of(IntervalState state, Partition partition) {
      return states.in(state, partition.fromMs(), partition.toMs());
    }
  }

  /**
   * Reads what coverage says of some partitions: their days and those after them. A file that is no
   * good counts as absent.
   *
   * @throws IOException if the lake cannot be listed or read
   */
  public static CoverageDays read(LakeLayout layout, Collection<Partition> partitions)
      throws IOException {
    Map<StreamKey, Long> since = new HashMap<>();
    LocalDate first = LocalDate.MAX;
    for (Partition partition : partitions) {
      if (!since.containsKey(partition.stream())) {
        since.put(partition.stream(), beginning(layout, partition.stream()));
      }
      first = partition.date().isBefore(first) ? partition.date() : first;
    }
    // Of a stream's only day the log tells the beginning, in whatever row that is.
    LocalDate from =
        since.containsValue(Long.MAX_VALUE) ? LocalDate.MIN : first.minusDays(CLOCK_DAYS);
    List<LocalDate> dates = new ArrayList<>(layout.dates(Folder.COVERAGE).dates());
    dates.removeIf(date -> date.isBefore(from));
    SafeReader reader = new SafeReader(new AtomicLong());
    Map<StreamKey, Known> known = new HashMap<>();
    try (ScanThreads one = new ScanThreads(1)) {
      new CoverageScan(layout, reader)
          .read(since.keySet(), dates, one)
          .forEach(
              (stream, states) ->
                  known.put(
                      stream,
                      new Known(
                          states,
                          Math.min(states.firstMs(), since.getOrDefault(stream, Long.MAX_VALUE)))));
    }
    return new CoverageDays(known, new DayReader(layout, reader));
  }

  /** The first of several days with candles; of an only day the first candle tells it. */
  private static long beginning(LakeLayout layout, StreamKey stream) throws IOException {
    List<LocalDate> dates = layout.dates(Folder.CANDLES, stream).dates();
    return dates.size() > 1
        ? new Partition(stream, dates.get(dates.size() - 1)).fromMs()
        : Long.MAX_VALUE;
  }

  /**
   * What coverage says of a day. An interval that it calls missing and that has a candle is not.
   *
   * @param nowMs market time, epoch ms, UTC
   * @throws IOException if the day's candles cannot be read
   */
  public DayKnowledge of(Partition partition, long nowMs) throws IOException {
    Known its = streams.getOrDefault(partition.stream(), Known.nothing(partition.stream()));
    Intervals missing = its.of(IntervalState.MISSING, partition);
    if (!missing.isEmpty()) {
      missing = missing.minus(days.finals(partition));
    }
    return new DayKnowledge(
        its.of(IntervalState.VERIFIED_EMPTY, partition),
        its.of(IntervalState.UNRECOVERABLE, partition),
        missing,
        its.sinceMs,
        nowMs);
  }
}
