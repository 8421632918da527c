package dev.candles.lake.view;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.coverage.CoverageStates;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Dates;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /**
   * What is known of a stream.
   *
   * @param oldestMs start of its oldest day with a folder of candles, epoch ms, UTC
   */
  private record Known(CoverageStates states, long oldestMs) {
    static Known nothing(StreamKey stream) {
      return new Known(new CoverageStates(stream.timeframe()), Long.MAX_VALUE);
    }

    /** All of a later day is after the beginning; within the oldest one the log tells it. */
    long sinceMs(Partition partition) {
      return partition.fromMs() > oldestMs
          ? Math.min(states.firstMs(), oldestMs)
          : states.firstMs();
    }

    boolean told() {
      return states.firstMs() < Long.MAX_VALUE;
    }

    Intervals of(IntervalState state, Partition partition) {
      return states.in(state, partition.fromMs(), partition.toMs());
    }
  }

  /**
   * Reads what coverage says of some partitions: their days and those after them; all of it for a
   * stream's oldest day. A file that is no good counts as absent.
   *
   * @throws IOException if the lake cannot be listed or read
   */
  public static CoverageDays read(LakeLayout layout, Collection<Partition> partitions)
      throws IOException {
    Map<StreamKey, LocalDate> oldest = new HashMap<>();
    for (StreamKey stream : streams(partitions)) {
      List<LocalDate> dates = layout.dates(Folder.CANDLES, stream).dates();
      if (!dates.isEmpty()) {
        oldest.put(stream, dates.get(dates.size() - 1));
      }
    }
    return read(layout, partitions, oldest);
  }

  private static Set<StreamKey> streams(Collection<Partition> partitions) {
    return partitions.stream().map(Partition::stream).collect(Collectors.toSet());
  }

  /**
   * The same for who knows the days of the lake.
   *
   * @param oldest of each stream that has any the oldest day with a folder of candles
   * @throws IOException if the lake cannot be listed or read
   */
  public static CoverageDays read(
      LakeLayout layout, Collection<Partition> partitions, Map<StreamKey, LocalDate> oldest)
      throws IOException {
    LocalDate first = LocalDate.MAX;
    for (Partition partition : partitions) {
      LocalDate needed =
          partition.date().isAfter(oldest.getOrDefault(partition.stream(), LocalDate.MAX))
              ? partition.date().minusDays(CLOCK_DAYS)
              : LocalDate.MIN; // the stream's beginning may be in whatever row
      first = needed.isBefore(first) ? needed : first;
    }
    LocalDate from = first;
    List<LocalDate> dates = new ArrayList<>(layout.dates(Folder.COVERAGE).dates());
    dates.removeIf(date -> date.isBefore(from));
    SafeReader reader = new SafeReader(file -> {});
    Map<StreamKey, Known> known = new HashMap<>();
    try (ScanThreads one = new ScanThreads(1)) {
      new CoverageScan(layout, reader)
          .read(streams(partitions), dates, one)
          .forEach(
              (stream, states) ->
                  known.put(stream, new Known(states, startMs(oldest.get(stream)))));
    }
    return new CoverageDays(known, new DayReader(layout, reader));
  }

  private static long startMs(@Nullable LocalDate day) {
    return day == null ? Long.MAX_VALUE : Dates.startMs(day);
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
        its.sinceMs(partition),
        nowMs,
        its.told());
  }
}
