package dev.candles.lake.view;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.lake.coverage.CoverageLog;
import dev.candles.lake.coverage.CoverageStates;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the coverage log, keeping the states of the wanted streams. A file is named after the day
 * of its rows, not after their numbers, so in this order:
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

  /** Is told of every file of the log once, by the threads of the scan. */
  interface Watcher {
    /**
     * Takes a file.
     *
     * @param rows of all streams; none if it is no good
     */
    void read(LocalDate date, Path file, List<CoverageRow> rows);
  }

  private static final Watcher NOBODY = (date, file, rows) -> {};

  /** The states of some streams, also of those without a row. */
  Map<StreamKey, CoverageStates> read(
      Collection<StreamKey> streams, List<LocalDate> dates, ScanThreads threads)
      throws IOException {
    Set<StreamKey> asked = Set.copyOf(streams);
    Map<StreamKey, CoverageStates> all = read(asked::contains, dates, threads, NOBODY);
    asked.forEach(stream -> all.computeIfAbsent(stream, CoverageScan::none));
    return all;
  }

  /** The states of the wanted streams that have a row. */
  Map<StreamKey, CoverageStates> read(
      Predicate<StreamKey> wanted, List<LocalDate> dates, ScanThreads threads, Watcher watcher)
      throws IOException {
    List<LocalDate> days = dates.stream().sorted().toList();
    Map<StreamKey, long[]> lowest = new HashMap<>();
    Map<StreamKey, CoverageStates> all =
        read(
            wanted,
            days,
            threads,
            watcher,
            (stream, i, low) -> lowest.computeIfAbsent(stream, s -> noneOf(days.size()))[i] = low);
    Set<StreamKey> disordered = disordered(all);
    if (!disordered.isEmpty()) {
      LOG.info(
          "event=coverage_read_again reason=numbers_go_back streams={} first={}",
          disordered.size(),
          LogValue.of(disordered.iterator().next()));
      lowest.values().forEach(CoverageScan::lowestFromHere);
      all.putAll(
          read(
              disordered::contains,
              days,
              threads,
              NOBODY,
              (stream, i, low) -> Math.min(low, at(lowest, stream, i))));
    }
    return all;
  }

  private static CoverageStates none(StreamKey stream) {
    return new CoverageStates(stream.timeframe());
  }

  private static long[] noneOf(int days) {
    long[] none = new long[days];
    Arrays.fill(none, Long.MAX_VALUE);
    return none;
  }

  private static long at(Map<StreamKey, long[]> lowest, StreamKey stream, int day) {
    long[] its = lowest.get(stream);
    return its == null ? Long.MAX_VALUE : its[day];
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
      Predicate<StreamKey> wanted,
      List<LocalDate> days,
      ScanThreads threads,
      Watcher watcher,
      Bound bound)
      throws IOException {
    Map<StreamKey, CoverageStates> all = new HashMap<>();
    for (int first = 0; first < days.size(); first += threads.count()) {
      int end = Math.min(days.size(), first + threads.count());
      List<Callable<Map<StreamKey, CoverageLog>>> tasks = new ArrayList<>();
      for (LocalDate date : days.subList(first, end)) {
        tasks.add(() -> day(date, wanted, watcher));
      }
      List<Map<StreamKey, CoverageLog>> read = threads.all(tasks);
      for (int i = first; i < end; i++) {
        for (Map.Entry<StreamKey, CoverageLog> day : read.get(i - first).entrySet()) {
          CoverageStates states = all.computeIfAbsent(day.getKey(), CoverageScan::none);
          states.settle(bound.at(day.getKey(), i, day.getValue().lowest()));
          states.take(day.getValue());
        }
      }
    }
    all.values().forEach(states -> states.settle(Long.MAX_VALUE));
    return all;
  }

  /** A day whose files are merged meanwhile may add some rows twice, which changes nothing. */
  private Map<StreamKey, CoverageLog> day(
      LocalDate date, Predicate<StreamKey> wanted, Watcher watcher) throws IOException {
    Map<StreamKey, CoverageLog> logs = new HashMap<>();
    DataFiles.readAll(
        layout.day(Folder.COVERAGE, date),
        file -> {
          List<CoverageRow> rows = reader.read(file, CoverageFiles::read).orElse(List.of());
          for (CoverageRow row : rows) {
            if (wanted.test(row.stream())) {
              logs.computeIfAbsent(row.stream(), stream -> new CoverageLog()).add(row);
            }
          }
          watcher.read(date, file, rows);
        });
    return logs;
  }
}
