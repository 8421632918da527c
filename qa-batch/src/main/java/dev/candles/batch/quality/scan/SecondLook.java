package dev.candles.batch.quality.scan;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.UnreadableFileException;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once more for what was missing, in files that came since a partition was read: a collector
 * may run beside. What is wrong with such a file is the next run's to find.
 */
public final class SecondLook {
  private static final Logger LOG = LoggerFactory.getLogger(SecondLook.class);

  private final LakeLayout layout;

  /** At the lake with this root. */
  public SecondLook(Path root) {
    this.layout = new LakeLayout(root);
  }

  /**
   * Those of the lacking intervals that have a candle by now.
   *
   * @param read what was read of the stream, by UTC day
   */
  public Intervals came(Intervals lacking, StreamKey stream, Map<LocalDate, PartitionReport> read) {
    Intervals came = Intervals.empty();
    if (lacking.isEmpty()) {
      return came;
    }
    try {
      for (LocalDate date : layout.dates(Folder.CANDLES, stream).dates()) {
        Partition day = new Partition(stream, date);
        if (!lacking.intersect(Intervals.of(day.fromMs(), day.toMs())).isEmpty()) {
          came = came.union(finals(day, known(read.get(date))));
        }
      }
    } catch (IOException e) {
      LOG.warn("event=qa_second_look_failed stream={} error={}", stream, LogValue.of(e));
    }
    return came.intersect(lacking);
  }

  private static Set<String> known(@Nullable PartitionReport read) {
    return read == null
        ? Set.of()
        : read.files().stream().map(FileFact::path).collect(Collectors.toSet());
  }

  private Intervals finals(Partition day, Set<String> known) {
    Intervals.Builder finals = new Intervals.Builder(4);
    try {
      DataFiles.readAll(
          layout.partition(Folder.CANDLES, day),
          file -> {
            if (!known.contains(layout.root().relativize(file).toString())) {
              add(finals, file, day);
            }
          });
    } catch (IOException e) {
      LOG.warn("event=qa_second_look_failed partition={} error={}", day.id(), LogValue.of(e));
    }
    return finals.build();
  }

  private static void add(Intervals.Builder finals, Path file, Partition day) throws IOException {
    try {
      Intervals held = CandleFiles.openTimes(file, day);
      for (int i = 0; i < held.count(); i++) {
        finals.add(held.from(i), held.to(i));
      }
    } catch (UnreadableFileException e) {
      LOG.warn("event=qa_second_look_failed file={} error={}", LogValue.of(file), LogValue.of(e));
    }
  }
}
