package dev.candles.batch.quality;

import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Dates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.partition.PartitionListing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which days are the newest of a lake: counted back from the last one, up to today, of which it
 * holds a candle or a row of coverage, whatever folders there are. In the first minutes of a day,
 * which are not judged yet, today is the day before. Of a lake of another clock, of which all lies
 * in the future, all days are the newest.
 */
final class NewestDays {
  private static final long DAY_MS = Timeframe.D1.millis();

  private final LakeLayout layout;

  NewestDays(Path root) {
    this.layout = new LakeLayout(root);
  }

  /**
   * Where they begin, epoch ms, UTC; {@link Long#MIN_VALUE} for all days.
   *
   * @param days how many; 0 for all
   * @param nowMs market time, epoch ms, UTC
   * @throws IOException if the change log cannot be listed
   */
  long fromMs(int days, Collection<Partition> partitions, long nowMs) throws IOException {
    if (days == 0) {
      return Long.MIN_VALUE;
    }
    long todayMs = Math.floorDiv(nowMs - Evaluation.LIVE_EDGE_MS, DAY_MS) * DAY_MS;
    return Math.max(candles(partitions, todayMs), coverage(todayMs)) - (days - 1L) * DAY_MS;
  }

  private long candles(Collection<Partition> partitions, long todayMs) {
    return partitions.stream()
        .filter(day -> day.fromMs() <= todayMs)
        .sorted(Comparator.comparing(Partition::date).reversed())
        .filter(day -> PartitionListing.of(layout, day, DataFiles.MAX_FILES).exists())
        .mapToLong(Partition::fromMs)
        .findFirst()
        .orElse(0);
  }

  private long coverage(long todayMs) throws IOException {
    List<LocalDate> dates =
        layout.dates(Folder.COVERAGE).dates().stream().sorted(Comparator.reverseOrder()).toList();
    for (LocalDate date : dates) {
      if (Dates.startMs(date) <= todayMs
          && !DataFiles.in(layout.day(Folder.COVERAGE, date)).isEmpty()) {
        return Dates.startMs(date);
      }
    }
    return 0;
  }
}
