package dev.candles.lake.parquet;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.decode.ColumnValues;
import dev.candles.lake.parquet.decode.RowGroup;
import dev.candles.lake.parquet.decode.TableFile;
import dev.candles.lake.parquet.decode.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/**
 * Reads files of candles. Every row is checked against the partition that the path says; a file of
 * which one row does not belong is refused whole.
 */
public final class CandleFiles {
  private static final TableSchema OPEN_TIMES = Schemas.CANDLE.only(Schemas.OPEN_TIME);

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
          open.read(Schemas.CANDLE, MAX_ROWS, group -> addRows(group, partition, candles));
          return candles;
        });
  }

  /**
   * The intervals of which a file holds a candle.
   *
   * <p>Where the footer proves it, no column is read: our writer noted that the open times were
   * strictly ascending, hence distinct, so if there are as many rows as intervals between the
   * smallest and the largest, both aligned, they are contiguous. Without that note a double row
   * could hide a hole, and the column is read.
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
          Intervals proven = contiguous(open, partition);
          return proven.isEmpty() ? readOpenTimes(open, partition) : proven;
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

  /** The run that the footer proves, or empty if it proves none. */
  private static Intervals contiguous(TableFile open, Partition partition) throws IOException {
    if (open.rows() < 1 || !Schemas.ASCENDING.equals(open.notes().get(Schemas.ORDER))) {
      return Intervals.empty();
    }
    TableFile.LongRange range = open.range(Schemas.OPEN_TIME).orElse(null);
    if (range == null) {
      return Intervals.empty();
    }
    long step = partition.stream().timeframe().millis();
    boolean whole = partition.slot(range.max()) - partition.slot(range.min()) + 1 == open.rows();
    return whole ? Intervals.of(range.min(), range.max() + step) : Intervals.empty();
  }

  private static Intervals readOpenTimes(TableFile open, Partition partition) throws IOException {
    BitSet slots = new BitSet(partition.stream().timeframe().perDay());
    open.read(
        OPEN_TIMES,
        MAX_ROWS,
        group -> {
          ColumnValues openTime = group.column(Schemas.OPEN_TIME);
          for (int i = 0; i < group.rows(); i++) {
            slots.set(partition.slot(openTime.longAt(i)));
          }
        });
    return partition.intervals(slots);
  }

  private static void addRows(RowGroup group, Partition partition, List<Candle> into)
      throws IOException {
    CandleColumns columns = new CandleColumns(group);
    for (int i = 0; i < group.rows(); i++) {
      into.add(columns.candle(i, partition));
    }
  }
}
