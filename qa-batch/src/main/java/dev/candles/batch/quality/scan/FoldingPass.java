package dev.candles.batch.quality.scan;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.lake.coverage.FoldedCoverage;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One reading of the change log, the oldest day first: rows wait until those with lower numbers
 * have come, and are folded. Of more rows than may wait the lower numbers are folded first, and
 * what has the others is read again. Memory beside what is folded: those rows, and a file.
 */
final class FoldingPass {
  private final LakeLayout layout;
  private final List<LocalDate> dates;
  private final Predicate<StreamKey> wanted;
  private final Function<StreamKey, FoldedCoverage> blank;
  private final Watcher watcher;
  private final WaitingRows waiting;
  private final Map<StreamKey, FoldedCoverage> streams = new HashMap<>();

  /** Is told of files that are no good, whenever they are read; their rows are left out. */
  interface Watcher {
    void noGood(Path file, IOException why);
  }

  /**
   * @param dates oldest first
   * @param blank a stream of which nothing is known yet
   * @param mostWaiting so many rows may wait, and those of one stream in one file
   */
  FoldingPass(
      LakeLayout layout,
      List<LocalDate> dates,
      Predicate<StreamKey> wanted,
      Function<StreamKey, FoldedCoverage> blank,
      Watcher watcher,
      int mostWaiting) {
    this.layout = layout;
    this.dates = dates;
    this.wanted = wanted;
    this.blank = blank;
    this.watcher = watcher;
    this.waiting = new WaitingRows(mostWaiting);
  }

  /**
   * Reads when nothing is known of the numbers of days to come: a day's rows are folded when all of
   * its files have come.
   *
   * @param numbers learns those of each day
   * @throws IOException if the log cannot be listed; what was read until then is folded
   */
  void readDays(DayNumbers numbers) throws IOException {
    for (int i = 0; i < dates.size(); i++) {
      int day = i;
      do {
        try {
          readDay(day, (stream, rows) -> numbers.add(stream, day, rows));
        } finally {
          waiting.drain(stream -> Long.MAX_VALUE, this::fold);
        }
      } while (waiting.next());
    }
  }

  /**
   * Reads the same days when their numbers are known.
   *
   * @throws IOException if the log cannot be listed
   */
  void readAgain(DayNumbers numbers) throws IOException {
    Map<StreamKey, long[]> later = numbers.later();
    later.keySet().removeIf(wanted.negate());
    do {
      for (int i = 0; i < dates.size(); i++) {
        int day = i;
        if (later.keySet().stream().anyMatch(stream -> isOfPart(stream, day, numbers))) {
          readDay(day, (stream, rows) -> {});
          waiting.drain(
              stream -> later.containsKey(stream) ? later.get(stream)[day] : Long.MAX_VALUE,
              this::fold);
        }
      }
      waiting.drain(stream -> Long.MAX_VALUE, this::fold);
    } while (waiting.next());
  }

  private boolean isOfPart(StreamKey stream, int day, DayNumbers numbers) {
    return numbers.has(stream, day, waiting.from(stream), waiting.to(stream));
  }

  private void fold(CoverageRow row) {
    stream(row.stream()).take(row);
  }

  private void readDay(int day, BiConsumer<StreamKey, List<CoverageRow>> seen) throws IOException {
    DataFiles.readAll(layout.day(Folder.COVERAGE, dates.get(day)), file -> read(file, seen));
  }

  /** Rows that are read again because a merge took files away say the same twice. */
  private void read(Path file, BiConsumer<StreamKey, List<CoverageRow>> seen) throws IOException {
    // A file shares its streams among its rows: their names are not hashed for each row.
    IdentityHashMap<StreamKey, List<CoverageRow>> rows = new IdentityHashMap<>();
    try {
      for (CoverageRow row : CoverageFiles.read(file)) {
        rows.computeIfAbsent(row.stream(), stream -> new ArrayList<>()).add(row);
      }
    } catch (NoSuchFileException vanished) {
      throw vanished;
    } catch (IOException e) {
      watcher.noGood(file, e);
    }
    rows.keySet().removeIf(wanted.negate());
    rows.forEach(
        (stream, its) -> {
          long from = waiting.from(stream);
          its.removeIf(row -> row.seq() < from); // which has been folded
          its.forEach(stream(stream)::reach);
          seen.accept(stream, its);
          its.removeIf(row -> row.state() == IntervalState.THROUGH);
          waiting.add(stream, its);
        });
  }

  private FoldedCoverage stream(StreamKey stream) {
    return streams.computeIfAbsent(stream, blank);
  }

  /** What is known of the streams that have a row. */
  Map<StreamKey, FoldedCoverage> streams() {
    return streams;
  }

  /** The most rows that ever waited. */
  int mostWaiting() {
    return waiting.mostHeld();
  }
}
