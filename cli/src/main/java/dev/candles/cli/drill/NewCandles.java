package dev.candles.cli.drill;

import dev.candles.core.candle.Candle;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks for candles that only a collector of after a kill can have made: in a {@code *.parquet}
 * file below {@code candles/} that was not listed at the kill, and of an interval that <em>ended
 * after</em> the signal, by market time. A new file alone proves nothing: what a checkpoint before
 * the kill had made ready is published by the restart, or by a commit that was on its way. No part
 * that was closed before the kill can hold a candle that ended after it.
 */
final class NewCandles {
  private final LakeLayout layout;
  private final Set<Path> known = new HashSet<>();

  /** Notes which files are visible now. */
  NewCandles(Path lake) throws IOException {
    this.layout = new LakeLayout(lake);
    for (Partition partition : partitions()) {
      list(partition).forEach(known::add);
    }
  }

  private Iterable<Partition> partitions() throws IOException {
    return layout.partitions(Folder.CANDLES).partitions();
  }

  private Iterable<Path> list(Partition partition) throws IOException {
    return DataFiles.in(layout.partition(Folder.CANDLES, partition));
  }

  /**
   * Whether there is one in a file that has come since the last look.
   *
   * @param marketMs the signal, epoch ms, UTC
   * @throws IOException if the lake cannot be read
   */
  boolean isOneOfAfter(long marketMs) throws IOException {
    for (Partition partition : partitions()) {
      for (Path file : list(partition)) {
        if (known.add(file) && endsAfter(file, partition, marketMs)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean endsAfter(Path file, Partition partition, long marketMs)
      throws IOException {
    try {
      long timeframe = partition.stream().timeframe().millis();
      return CandleFiles.read(file, partition).stream()
          .mapToLong(Candle::openTimeMs)
          .anyMatch(open -> open + timeframe > marketMs);
    } catch (NoSuchFileException compacted) {
      return false; // what was in it is in a file that is new too
    }
  }
}
