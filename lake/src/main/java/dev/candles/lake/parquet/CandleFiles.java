package dev.candles.lake.parquet;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.decode.RowGroup;
import dev.candles.lake.parquet.decode.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/**
 * Reads files of candles. Every row is checked against the partition that the path says; a file of
 * which one row does not belong is refused whole.
 */
public final class CandleFiles {
  /** A file of revisions may hold an interval more than once. */
  private static final int MAX_ROWS = 100_000;

  private CandleFiles() {}

  /**
   * Reads all candles of a file, in the file's order.
   *
   * @throws UnreadableFileException if it is not a file of {@code partition}
   * @throws IOException if it cannot be loaded; {@link java.nio.file.NoSuchFileException} if it is
   *     gone
   */
  public static List<Candle> read(Path file, Partition partition) throws IOException {
    return read(file, partition, open -> {});
  }

  /**
   * Reads all candles of a file that has no column but the lake's: whoever writes them again loses
   * nothing.
   *
   * @throws UnreadableFileException if it is not a file of {@code partition}, or has other columns
   * @throws IOException if it cannot be loaded; {@link java.nio.file.NoSuchFileException} if it is
   *     gone
   */
  public static List<Candle> readWhole(Path file, Partition partition) throws IOException {
    return read(file, partition, open -> open.refuseOtherColumns(Schemas.CANDLE));
  }

  private static List<Candle> read(Path file, Partition partition, OpenFile.Inspection inspection)
      throws IOException {
    return OpenFile.read(
        file,
        Schemas.CANDLE,
        open -> {
          checkFooter(open, partition);
          inspection.look(open);
          List<Candle> candles = new ArrayList<>();
          open.read(Schemas.CANDLE, MAX_ROWS, group -> forEachRow(group, partition, candles::add));
          return candles;
        });
  }

  /**
   * The intervals of which a file holds a candle that {@link #read} gives: what nobody can read is
   * no candle, and is fetched again.
   *
   * @throws UnreadableFileException if it is not a file of {@code partition}
   * @throws IOException if it cannot be loaded; {@link java.nio.file.NoSuchFileException} if it is
   *     gone
   */
  public static Intervals openTimes(Path file, Partition partition) throws IOException {
    return OpenFile.read(
        file,
        Schemas.CANDLE,
        open -> {
          checkFooter(open, partition);
          BitSet slots = new BitSet(partition.stream().timeframe().perDay());
          open.read(
              Schemas.CANDLE,
              MAX_ROWS,
              group ->
                  forEachRow(group, partition, c -> slots.set(partition.slot(c.openTimeMs()))));
          return partition.intervals(slots);
        });
  }

  /**
   * Writes a new file of candles of one partition, as a checkpoint of the collector would.
   *
   * @throws IllegalArgumentException if they are of several partitions
   * @throws IOException if it cannot be written, or is there already
   */
  public static void write(Path file, List<Candle> candles) throws IOException {
    try (ParquetWriter<Candle> writer = LakeParquet.candles(new LocalOutputFile(file))) {
      for (Candle candle : candles) {
        writer.write(candle);
      }
    }
  }

  private static void checkFooter(TableFile open, Partition partition) throws IOException {
    open.requireColumns(Schemas.CANDLE);
    Map<String, String> notes = open.notes();
    checkSame(notes, Schemas.VENUE, partition.stream().venue());
    checkSame(notes, Schemas.SYMBOL, partition.stream().symbol());
    checkSame(notes, Schemas.TIMEFRAME, partition.stream().timeframe().label());
    checkSame(notes, Schemas.DATE, partition.date().toString());
  }

  private static void checkSame(Map<String, String> notes, String key, String expected)
      throws IOException {
    String value = notes.getOrDefault(key, expected); // a copy by another tool may lack the note
    if (!expected.equals(value)) {
      throw new IOException("file is of another " + key + ": path=" + expected + ", file=" + value);
    }
  }

  private static void forEachRow(RowGroup group, Partition partition, Consumer<Candle> row)
      throws IOException {
    CandleColumns columns = new CandleColumns(group);
    for (int i = 0; i < group.rows(); i++) {
      row.accept(columns.candle(i, partition));
    }
  }
}
