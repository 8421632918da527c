package dev.candles.lake.compact;

import dev.candles.core.candle.Candle;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.LakeParquet;
import dev.candles.lake.parquet.StableFooter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/**
 * A merged file: written under one temporary name per folder, then named after its content, so that
 * the same rows always give the same file under the same name.
 */
final class MergedFile {
  private static final String TEMPORARY = ".merged.compacting";
  private static final String PREFIX = "part-";
  private static final int NAME_DIGITS = 16;

  private MergedFile() {}

  /** Where it is written. Not swept with other leftovers: a compaction clears it by itself. */
  static Path temporary(Path folder) {
    return folder.resolve(TEMPORARY);
  }

  /** Writes rows of one partition and flushes them; a leftover of a killed run is overwritten. */
  static SealedFile write(Path folder, List<Candle> rows) throws IOException {
    Path file = temporary(folder);
    Files.deleteIfExists(file);
    try (ParquetWriter<Candle> writer = LakeParquet.compacted(new LocalOutputFile(file))) {
      for (Candle row : rows) {
        writer.write(row);
      }
    }
    StableFooter.settle(file);
    Durable.flush(file);
    String sha256 = Sha256.of(file);
    String name = PREFIX + sha256.substring(0, NAME_DIGITS) + DataFiles.PARQUET_SUFFIX;
    return new SealedFile(name, Files.size(file), rows.size(), sha256);
  }

  /** Reads it again: every row must be there, as it was. */
  static void verify(Path folder, Partition partition, List<Candle> rows) throws IOException {
    List<Candle> found = CandleFiles.readWhole(temporary(folder), partition);
    if (!found.equals(rows)) {
      throw new IOException(
          "merged file differs from what was written: rows="
              + rows.size()
              + ", read="
              + found.size());
    }
  }

  /** Whether a file has this length and content. */
  static boolean is(Path file, SealedFile expected) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == expected.bytes()
        && Sha256.of(file).equals(expected.sha256());
  }
}
