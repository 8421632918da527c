package dev.candles.batch.quality.scan;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.lake.coverage.FoldedCoverage;
import dev.candles.lake.coverage.RowQueue;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One reading of the change log, the oldest day first: rows wait until those with lower numbers
 * have come, and are folded. Memory beside what is folded: the rows of a day.
 */
final class FoldingPass {
  private final LakeLayout layout;
  private final Predicate<StreamKey> wanted;
  private final Function<StreamKey, FoldedCoverage> blank;
  private final Map<StreamKey, FoldedCoverage> streams = new HashMap<>();
  private final Map<StreamKey, RowQueue> waiting = new HashMap<>();
  private final Map<StreamKey, long[]> lowest = new HashMap<>();

  /** Is told of files that are no good; their rows are left out. */
  interface Watcher {
    void noGood(Path file, IOException why);
  }

  /** Says below which number nothing comes any more, when a day of a stream has come. */
  interface Bound {
    long after(StreamKey stream, int day);
  }

  /**
   * @param blank a stream of which nothing is known yet
   */
  FoldingPass(
      LakeLayout layout, Predicate<StreamKey> wanted, Function<StreamKey, FoldedCoverage> blank) {
    this.layout = layout;
    this.wanted = wanted;
    this.blank = blank;
  }

  /**
   * Reads.
   *
   * @param dates oldest first
   * @throws IOException if the log cannot be listed; what was read until then is folded
   */
  void read(List<LocalDate> dates, Bound bound, Watcher watcher) throws IOException {
    for (int i = 0; i < dates.size(); i++) {
      int day = i;
      try {
        DataFiles.readAll(
            layout.day(Folder.COVERAGE, dates.get(day)),
            file -> read(file, watcher, day, dates.size()));
      } finally {
        waiting.forEach(
            (stream, rows) -> rows.drain(bound.after(stream, day), stream(stream)::take));
      }
    }
  }

  /** Rows that are read again because a merge took files away say the same twice. */
  private void read(Path file, Watcher watcher, int day, int days) throws IOException {
    Map<StreamKey, List<CoverageRow>> rows = new HashMap<>();
    try {
      for (CoverageRow row : CoverageFiles.read(file)) {
        if (wanted.test(row.stream())) {
          stream(row.stream()).reach(row);
          if (row.state() != IntervalState.THROUGH) {
            rows.computeIfAbsent(row.stream(), stream -> new ArrayList<>()).add(row);
          }
        }
      }
    } catch (NoSuchFileException vanished) {
      throw vanished;
    } catch (IOException e) {
      watcher.noGood(file, e);
    }
    rows.forEach(
        (stream, its) -> {
          long seq = waiting.computeIfAbsent(stream, RowQueue::new).add(its);
          long[] byDay = lowest.computeIfAbsent(stream, same -> noneOf(days));
          byDay[day] = Math.min(byDay[day], seq);
        });
  }

  private FoldedCoverage stream(StreamKey stream) {
    return streams.computeIfAbsent(stream, blank);
  }

  private static long[] noneOf(int days) {
    long[] none = new long[days];
    Arrays.fill(none, Long.MAX_VALUE);
    return none;
  }

  /** What is known of the streams that have a row. */
  Map<StreamKey, FoldedCoverage> streams() {
    return streams;
  }

  /** The bound for whoever reads the same days again. */
  Bound bound() {
    Map<StreamKey, long[]> numbers = lowest; // this pass is not kept for them
    numbers.values().forEach(FoldingPass::lowestFromHere);
    return (stream, day) -> {
      long[] its = numbers.getOrDefault(stream, new long[0]);
      return day + 1 < its.length ? its[day + 1] : Long.MAX_VALUE;
    };
  }

  private static void lowestFromHere(long[] byDay) {
    for (int i = byDay.length - 2; i >= 0; i--) {
      byDay[i] = Math.min(byDay[i], byDay[i + 1]);
    }
  }
}
