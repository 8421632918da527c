package dev.candles.lake.view;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.compact.DayKnowledge;
import dev.candles.lake.coverage.CoverageLog;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The change log of coverage, read once and answered day by day. */
public final class CoverageDays {
  private final Map<StreamKey, Known> streams;
  private final DayReader days;

  private CoverageDays(Map<StreamKey, Known> streams, DayReader days) {
    this.streams = streams;
    this.days = days;
  }

  private static final class Known {
    private final CoverageLog log = new CoverageLog();
    private long sinceMs = Long.MAX_VALUE;
    private Map<IntervalState, Intervals> states = Map.of();

    void since(long ms) {
      sinceMs = Math.min(sinceMs, ms);
    }

    Intervals of(IntervalState state, Partition partition) {
      return states
          .getOrDefault(state, Intervals.empty())
          .intersect(Intervals.of(partition.fromMs(), partition.toMs()));
    }
  }

  /**
   * Reads what coverage says of some streams. A file that is no good counts as absent.
   *
   * @throws IOException if the lake cannot be listed or read
   */
  public static CoverageDays read(LakeLayout layout, Collection<StreamKey> streams)
      throws IOException {
    Map<StreamKey, Known> known = new HashMap<>();
    for (StreamKey stream : streams) {
      List<LocalDate> dates = layout.dates(Folder.CANDLES, stream).dates();
      Known its = known.computeIfAbsent(stream, key -> new Known());
      if (dates.size() > 1) { // of a stream's only day the first candle tells its beginning
        its.since(new Partition(stream, dates.get(dates.size() - 1)).fromMs());
      }
    }
    SafeReader reader = new SafeReader(new AtomicLong());
    for (LocalDate date : layout.dates(Folder.COVERAGE).dates()) {
      for (List<CoverageRow> rows :
          reader.readAll(layout.day(Folder.COVERAGE, date), CoverageFiles::read)) {
        rows.forEach(row -> take(row, known.get(row.stream())));
      }
    }
    known.values().forEach(its -> its.states = its.log.states());
    return new CoverageDays(known, new DayReader(layout, reader));
  }

  private static void take(CoverageRow row, @Nullable Known its) {
    if (its != null) {
      its.log.add(row);
      its.since(row.fromMs());
    }
  }

  /**
   * What coverage says of a day. An interval that it calls missing and that has a candle is not.
   *
   * @param nowMs market time, epoch ms, UTC
   * @throws IOException if the day's candles cannot be read
   */
  public DayKnowledge of(Partition partition, long nowMs) throws IOException {
    Known its = streams.getOrDefault(partition.stream(), new Known());
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
