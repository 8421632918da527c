package dev.candles.lake.compact;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CoverageFiles;
import dev.candles.lake.parquet.StableFooter;
import dev.candles.lake.parquet.UnreadableFileException;
import dev.candles.text.LogValue;
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
 * Merges the coverage files of a day that is over: into one, or into several if it has more rows
 * than the collector's memory should hold at once. The log is read by its numbers, so a row that is
 * there twice says nothing new: a merged file becomes visible, then those it was made of go, and
 * whoever is killed in between leaves nothing wrong. The same rows always give the same file.
 *
 * <p>Files of enough rows are left as they are, merged or not; so of what remains no two fit into
 * one, and a second run finds nothing to do.
 */
public final class CoverageMerge {
  private static final Logger LOG = LoggerFactory.getLogger(CoverageMerge.class);

  /** At most so many rows make one file: they are held in memory three times over. */
  static final int MAX_ROWS = 50_000;

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
  private final int maxRows;

  /** Of this lake. */
  public CoverageMerge(LakeLayout layout) {
    this(layout, MAX_ROWS);
  }

  CoverageMerge(LakeLayout layout, int maxRows) {
    this.layout = layout;
    this.maxRows = maxRows;
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

  /**
   * A day with a file that is no good, or has columns of a later build, is left for people to look
   * at; QA names the file too.
   */
  private int attempt(LocalDate date) throws IOException {
    Optional<PartitionLock> lock = tryLock(layout, date);
    if (lock.isEmpty()) {
      return 0; // somebody else is at it
    }
    try (PartitionLock held = lock.get()) {
      return merge(layout.day(Folder.COVERAGE, date));
    } catch (UnreadableFileException e) {
      LOG.warn("event=coverage_not_merged error={}", LogValue.of(e.getMessage()));
      return 0;
    }
  }

  /**
   * Keeps merges of a day's coverage away; empty if one is under way.
   *
   * @throws IOException if the lake has no place for locks
   */
  public static Optional<PartitionLock> tryLock(LakeLayout layout, LocalDate date)
      throws IOException {
    return PartitionLock.tryTake(layout, "coverage/" + date);
  }

  private int merge(Path folder) throws IOException {
    List<Path> before = DataFiles.in(folder);
    if (before.size() < 2) {
      return 0; // nearly every day, every hour: no file of it is opened
    }
    List<Path> small = new ArrayList<>();
    for (Path file : before) {
      if (CoverageFiles.rows(file) < maxRows / 2) {
        small.add(file);
      }
    }
    List<Path> inputs = new ArrayList<>();
    Set<CoverageRow> distinct = new LinkedHashSet<>();
    for (Path file : small) {
      List<CoverageRow> rows = CoverageFiles.readWhole(file);
      if (distinct.size() + rows.size() > maxRows) { // so more than half of it is there
        replace(folder, inputs, distinct);
        inputs.clear();
        distinct.clear();
      }
      inputs.add(file);
      distinct.addAll(rows);
    }
    replace(folder, inputs, distinct);
    return before.size() - DataFiles.in(folder).size();
  }

  private static void replace(Path folder, List<Path> inputs, Set<CoverageRow> distinct)
      throws IOException {
    if (inputs.size() < 2) {
      return;
    }
    List<CoverageRow> rows = new ArrayList<>(distinct);
    rows.sort(ORDER);
    Path merged = write(folder, rows);
    for (Path input : inputs) {
      if (!input.equals(merged)) {
        Files.deleteIfExists(input);
      }
    }
    Durable.flushFolder(folder);
  }

  /** Writes, reads again, names it after its content. */
  private static Path write(Path folder, List<CoverageRow> rows) throws IOException {
    Path temporary = folder.resolve(TEMPORARY);
    Files.deleteIfExists(temporary);
    try {
      CoverageFiles.write(temporary, rows);
      StableFooter.settle(temporary);
      Durable.flush(temporary);
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
