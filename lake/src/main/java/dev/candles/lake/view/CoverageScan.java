package dev.candles.lake.view;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.lake.coverage.CoverageLog;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Reads the whole coverage log once, keeping what is about the asked streams. */
final class CoverageScan {
  private final LakeLayout layout;
  private final SafeReader reader;

  CoverageScan(LakeLayout layout, SafeReader reader) {
    this.layout = layout;
    this.reader = reader;
  }

  Map<StreamKey, CoverageLog> read(
      Collection<StreamKey> streams, List<LocalDate> dates, ScanThreads threads)
      throws IOException {
    Map<StreamKey, CoverageLog> logs = new HashMap<>();
    streams.forEach(stream -> logs.put(stream, new CoverageLog()));
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (LocalDate date : dates) {
      tasks.add(() -> readDay(date, logs));
    }
    List<Integer> unused = threads.all(tasks);
    return logs;
  }

  /** A day whose files are merged meanwhile may add some rows twice, which changes nothing. */
  private int readDay(LocalDate date, Map<StreamKey, CoverageLog> logs) throws IOException {
    return reader
        .readAll(
            layout.day(Folder.COVERAGE, date),
            file -> {
              for (CoverageRow row : CoverageFiles.read(file)) {
                CoverageLog log = logs.get(row.stream());
                if (log != null) {
                  log.add(row);
                }
              }
              return file;
            })
        .size();
  }
}
