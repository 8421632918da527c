package dev.candles.lake.view;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.lake.coverage.CoverageLog;
import dev.candles.lake.coverage.CoverageStates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the coverage log, keeping the states of the asked streams. A file is named after the day of
 * its rows, not after their numbers, so in this order:
 *
 * <ol>
 *   <li>the days are read oldest first; when a day has come, what has a number below all of that
 *       day is settled. Right, unless a clock was set back by more than that;
 *   <li>for streams for which it was not right, the log is read once more, settling only what has a
 *       number below those of all days to come, which are known by now.
 * </ol>
 */
final class CoverageScan {
  private static final Logger LOG = LoggerFactory.getLogger(CoverageScan.class);

  private final LakeLayout layout;
  private final SafeReader reader;

  CoverageScan(LakeLayout layout, SafeReader reader) {
    this.layout = layout;
    this.reader = reader;
  }

  /** Says below which number nothing comes any more, when day {@code i} of a stream has come. */
  private interface Bound {
    long at(StreamKey stream, int i, long lowestOfDay);
  }

  Map<StreamKey, CoverageStates> read(
      Collection<StreamKey> streams, List<LocalDate> dates, ScanThreads threads)
      throws IOException {
    List<LocalDate> days = dates.stream().sorted().toList();
    Map<StreamKey, long[]> lowest = new HashMap<>();
    for (StreamKey stream : streams) {
      long[] none = new long[days.size()];
      Arrays.fill(none, Long.MAX_VALUE);
      lowest.put(stream, none);
    }
    Map<StreamKey, CoverageStates> all =
        read(Set.copyOf(streams), days, threads, (stream, i, low) -> at(lowest, stream)[i] = low);
    Set<StreamKey> disordered = disordered(all);
    if (!disordered.isEmpty()) {
      LOG.info("event=coverage_read_again reason=numbers_go_back streams={}", disordered);
      lowest.values().forEach(CoverageScan::lowestFromHere);
      all.putAll(
          read(
              disordered, days, threads, (stream, i, low) -> Math.min(low, at(lowest, stream)[i])));
    }
    return all;
  }

  private static long[] at(Map<StreamKey, long[]> lowest, StreamKey stream) {
    return lowest.getOrDefault(stream, new long[0]);
  }

  private static Set<StreamKey> disordered(Map<StreamKey, CoverageStates> all) {
    Map<StreamKey, CoverageStates> some = new HashMap<>(all);
    some.values().removeIf(states -> !states.isDisordered());
    return some.keySet();
  }

  private static void lowestFromHere(long[] lowest) {
    for (int i = lowest.length - 2; i >= 0; i--) {
      lowest[i] = Math.min(lowest[i], lowest[i + 1]);
    }
  }

  private Map<StreamKey, CoverageStates> read(
      Set<StreamKey> streams, List<LocalDate> days, ScanThreads threads, Bound bound)
      throws IOException {
    Map<StreamKey, CoverageStates> all = new HashMap<>();
    streams.forEach(stream -> all.put(stream, new CoverageStates(stream.timeframe())));
    for (int first = 0; first < days.size(); first += threads.count()) {
      int end = Math.min(days.size(), first + threads.count());
      List<Callable<Map<StreamKey, CoverageLog>>> tasks = new ArrayList<>();
      for (LocalDate date : days.subList(first, end)) {
        tasks.add(() -> day(date, streams));
      }
      List<Map<StreamKey, CoverageLog>> read = threads.all(tasks);
      for (int i = first; i < end; i++) {
        for (Map.Entry<StreamKey, CoverageLog> day : read.get(i - first).entrySet()) {
          take(
              all,
              day.getKey(),
              day.getValue(),
              bound.at(day.getKey(), i, day.getValue().lowest()));
        }
      }
    }
    all.values().forEach(states -> states.settle(Long.MAX_VALUE));
    return all;
  }

  private static void take(
      Map<StreamKey, CoverageStates> all, StreamKey stream, CoverageLog day, long below) {
    CoverageStates states = all.get(stream);
    if (states != null) {
      states.settle(below);
      states.take(day);
    }
  }

  /** A day whose files are merged meanwhile may add some rows twice, which changes nothing. */
  private Map<StreamKey, CoverageLog> day(LocalDate date, Set<StreamKey> streams)
      throws IOException {
    Map<StreamKey, CoverageLog> logs = new HashMap<>();
    reader.readAll(
        layout.day(Folder.COVERAGE, date),
        file -> {
          for (CoverageRow row : CoverageFiles.read(file)) {
            if (streams.contains(row.stream())) {
              logs.computeIfAbsent(row.stream(), stream -> new CoverageLog()).add(row);
            }
          }
          return file;
        });
    return logs;
  }
}
