package dev.candles.lake.view;

import dev.candles.core.candle.Candle;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Counts what a plain glob over {@code candles/} would see more than once. */
public final class DoubledKeys {
  private DoubledKeys() {}

  /**
   * Rows of a lake, which nobody writes to meanwhile, whose key an earlier row has too.
   *
   * @throws IOException if a file cannot be read
   */
  public static long count(Path lake) throws IOException {
    LakeLayout layout = new LakeLayout(lake);
    long twice = 0;
    for (Partition partition : layout.partitions(Folder.CANDLES).partitions()) {
      Set<Long> seen = new HashSet<>();
      for (Path file : DataFiles.in(layout.partition(Folder.CANDLES, partition))) {
        for (Candle candle : CandleFiles.read(file, partition)) {
          twice += seen.add(candle.openTimeMs()) ? 0 : 1;
        }
      }
    }
    return twice;
  }
}
