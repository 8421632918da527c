package dev.candles.lake.coverage;

import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.lake.StreamInventory;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Appends a few coverage rows outside of Flink, at stop for example. Safe against a crash: written
 * under a temporary name, flushed to the disk, then renamed. To be used by the holder of the lake's
 * lock only.
 */
public final class CoverageAppender {
  private final LakeLayout layout;

  /** Appends to this lake. */
  public CoverageAppender(LakeLayout layout) {
    this.layout = layout;
  }

  /**
   * How far a stream is accounted for.
   *
   * @return open time (epoch ms, UTC) of the first interval without a state, or the end of the scan
   *     if there is none
   */
  public static long through(StreamInventory holdings) {
    Intervals unknown = holdings.unknown();
    return unknown.isEmpty() ? holdings.toMs() : unknown.from(0);
  }

  /**
   * The row that says how far a stream is accounted for; its number follows the highest of the
   * stream.
   *
   * @param atMs market time now, epoch ms, UTC
   */
  public static CoverageRow throughRow(StreamInventory holdings, long atMs) {
    return new CoverageRow(
        holdings.stream(),
        holdings.fromMs(),
        through(holdings),
        IntervalState.THROUGH,
        Reason.NONE,
        null,
        CoverageRow.seqAfter(holdings.seq()),
        atMs);
  }

  /**
   * Appends rows, one new file per day of their {@code at_ms}.
   *
   * @return the files
   * @throws IOException if a file cannot be written; those before it are in the lake
   */
  public List<Path> append(List<CoverageRow> rows) throws IOException {
    Map<String, List<CoverageRow>> days = new TreeMap<>();
    for (CoverageRow row : rows) {
      days.computeIfAbsent(LakeLayout.bucket(row), day -> new ArrayList<>()).add(row);
    }
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, List<CoverageRow>> day : days.entrySet()) {
      Path folder = layout.folder(Folder.COVERAGE).resolve(day.getKey());
      files.add(write(folder, day.getValue()));
    }
    return files;
  }

  private Path write(Path folder, List<CoverageRow> rows) throws IOException {
    Durable.createFolders(layout.root(), folder);
    String name = DataFiles.PART_PREFIX + "-" + UUID.randomUUID() + "-0";
    Path file = folder.resolve(name + DataFiles.PARQUET_SUFFIX);
    Path temporary = Durable.temporary(file);
    try {
      CoverageFiles.write(temporary, rows);
      Durable.flush(temporary);
      Durable.publish(temporary, file);
      return file;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
