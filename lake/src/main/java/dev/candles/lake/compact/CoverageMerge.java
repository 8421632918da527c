package dev.candles.lake.compact;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CoverageFiles;
import dev.candles.lake.parquet.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the coverage files of a day that is over into one. The log is read by its numbers, so a
 * row that is there twice says nothing new: the merged file becomes visible, then the others go,
 * and whoever is killed in between leaves nothing wrong. The same rows always give the same file.
 */
public final class CoverageMerge {
  private static final Logger LOG = LoggerFactory.getLogger(CoverageMerge.class);

  /** Larger days stay as they are: all rows of one are held in memory. */
  private static final int MAX_ROWS = 1_000_000;

  private static final String TEMPORARY = ".coverage.compacting";
  private static final int NAME_DIGITS = 16;
  private static final long DAY_MS = Timeframe.D1.millis();

  /** Market time after the day's end in which its last files become visible. */
  private static final long SETTLE_MS = 3_600_000L;

  private static final Comparator<CoverageRow> ORDER =
      Comparator.comparing((CoverageRow row) -> row.stream().id())
          .thenComparingLong(CoverageRow::seq)
          .thenComparingLong(CoverageRow::fromMs)
          .thenComparingLong(CoverageRow::toMs)
          .thenComparingLong(CoverageRow::atMs)
          .thenComparing(CoverageRow::toString);

  private final LakeLayout layout;

  /** Of this lake. */
  public CoverageMerge(LakeLayout layout) {
    this.layout = layout;
  }

  /**
   * Merges every day that is over and whose files can all be read.
   *
   * @param nowMs market time, epoch ms, UTC
   * @return how many files fewer there are
   * @throws IOException if the log cannot be listed, read or written; what was there is there still
   */
  public int mergeClosed(long nowMs) throws IOException {
    int fewer = 0;
    for (LocalDate date : layout.dates(Folder.COVERAGE).dates()) {
      if ((date.toEpochDay() + 1) * DAY_MS + SETTLE_MS <= nowMs) {
        fewer += attempt(date);
      }
    }
    return fewer;
  }

  /** A day with a file that is no good is left for people to look at; QA names the file too. */
  private int attempt(LocalDate date) throws IOException {
    Optional<PartitionLock> lock = PartitionLock.tryTake(layout, lockName(date));
    if (lock.isEmpty()) {
      return 0; // somebody else is at it
    }
    try (PartitionLock held = lock.get()) {
      return merge(layout.day(Folder.COVERAGE, date));
    } catch (UnreadableFileException e) {
      LOG.warn("event=coverage_not_merged error=\"{}\"", e.getMessage());
      return 0;
    }
  }

  static String lockName(LocalDate date) {
    return "coverage/" + date;
  }

  private static int merge(Path folder) throws IOException {
    List<Path> inputs = DataFiles.in(folder);
    if (inputs.size() < 2) {
      return 0;
    }
    Set<CoverageRow> distinct = new LinkedHashSet<>();
    for (Path input : inputs) {
      distinct.addAll(CoverageFiles.read(input));
      if (distinct.size() > MAX_ROWS) {
        return 0;
      }
    }
    List<CoverageRow> rows = new ArrayList<>(distinct);
    rows.sort(ORDER);
    Path merged = write(folder, rows);
    int fewer = 0;
    for (Path input : inputs) {
      if (!input.equals(merged) && Files.deleteIfExists(input)) {
        fewer++;
      }
    }
    Durable.flushFolder(folder);
    return fewer - (inputs.contains(merged) ? 0 : 1);
  }

  /** Writes, reads again, names it after its content. */
  private static Path write(Path folder, List<CoverageRow> rows) throws IOException {
    Path temporary = folder.resolve(TEMPORARY);
    Files.deleteIfExists(temporary);
    try {
      CoverageFiles.write(temporary, rows);
      if (!CoverageFiles.read(temporary).equals(rows)) {
        throw new IOException("merged coverage differs from what was written: folder=" + folder);
      }
      String name = Sha256.of(temporary).substring(0, NAME_DIGITS);
      Path merged = folder.resolve("part-" + name + DataFiles.PARQUET_SUFFIX);
      Durable.publish(temporary, merged);
      return merged;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
