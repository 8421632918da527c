package dev.candles.lake.parquet;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads files of candles. Every row is checked against the partition that the path says; a file of
 * which one row does not belong is refused whole.
 */
public final class CandleFiles {
  private static final String OPEN_TIME = "open_time_ms";
  private static final MessageType OPEN_TIMES =
      new MessageType("candle", List.of(Schemas.CANDLE.getType(OPEN_TIME)));

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
    return read(file, partition, reader -> {});
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
    return read(file, partition, CandleFiles::checkColumns);
  }

  private interface Inspection {
    void look(ParquetFileReader reader) throws IOException;
  }

  private static List<Candle> read(Path file, Partition partition, Inspection inspection)
      throws IOException {
    return LoadedFile.read(
        file,
        reader -> {
          checkFooter(reader, partition);
          inspection.look(reader);
          List<Candle> candles = new ArrayList<>();
          Columns.read(
              reader,
              Schemas.CANDLE,
              MAX_ROWS,
              (columns, rows) -> addRows(columns, rows, partition, candles));
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
    return LoadedFile.read(
        file,
        reader -> {
          checkFooter(reader, partition);
          Intervals proven = contiguous(reader, partition);
          return proven.isEmpty() ? readOpenTimes(reader, partition) : proven;
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

  private static void checkFooter(ParquetFileReader reader, Partition partition)
      throws IOException {
    MessageType unused = Columns.project(reader.getFileMetaData().getSchema(), Schemas.CANDLE);
    Map<String, String> footer = reader.getFileMetaData().getKeyValueMetaData();
    checkSame(footer, Schemas.VENUE, partition.stream().venue());
    checkSame(footer, Schemas.SYMBOL, partition.stream().symbol());
    checkSame(footer, Schemas.TIMEFRAME, partition.stream().timeframe().label());
    checkSame(footer, Schemas.DATE, partition.date().toString());
  }

  private static void checkColumns(ParquetFileReader reader) throws IOException {
    for (Type column : reader.getFileMetaData().getSchema().getFields()) {
      if (!Schemas.CANDLE.containsField(column.getName())) {
        throw new IOException("column is not one of the lake's: " + column.getName());
      }
    }
  }

  private static void checkSame(Map<String, String> footer, String key, String expected)
      throws IOException {
    String value = footer.getOrDefault(key, expected); // a copy by another tool may lack the note
    if (!expected.equals(value)) {
      throw new IOException("file is of another " + key + ": path=" + expected + ", file=" + value);
    }
  }

  /** The run that the footer proves, or empty if it proves none. */
  private static Intervals contiguous(ParquetFileReader reader, Partition partition) {
    Map<String, String> footer = reader.getFileMetaData().getKeyValueMetaData();
    long rows = reader.getRecordCount();
    if (rows < 1 || !Schemas.ASCENDING.equals(footer.get(Schemas.ORDER))) {
      return Intervals.empty();
    }
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (BlockMetaData block : reader.getRowGroups()) {
      Statistics<?> statistics = openTimeStatistics(block);
      if (!(statistics instanceof LongStatistics longs) || !longs.hasNonNullValue()) {
        return Intervals.empty();
      }
      min = Math.min(min, longs.getMin());
      max = Math.max(max, longs.getMax());
    }
    long step = partition.stream().timeframe().millis();
    boolean whole = partition.slot(max) - partition.slot(min) + 1 == rows;
    return whole ? Intervals.of(min, max + step) : Intervals.empty();
  }

  private static Statistics<?> openTimeStatistics(BlockMetaData block) {
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      if (chunk.getPath().toDotString().equals(OPEN_TIME)) {
        return chunk.getStatistics();
      }
    }
    throw new IllegalArgumentException("row group has no column " + OPEN_TIME);
  }

  private static Intervals readOpenTimes(ParquetFileReader reader, Partition partition)
      throws IOException {
    BitSet slots = new BitSet(partition.stream().timeframe().perDay());
    Columns.read(
        reader,
        OPEN_TIMES,
        MAX_ROWS,
        (columns, rows) -> {
          Columns.Column openTime = columns.column(OPEN_TIME);
          for (int i = 0; i < rows; i++) {
            slots.set(partition.slot(openTime.nextLong()));
          }
        });
    return partition.intervals(slots);
  }

  private static void addRows(Columns columns, int rows, Partition partition, List<Candle> into)
      throws IOException {
    CandleColumns row = new CandleColumns(columns);
    for (int i = 0; i < rows; i++) {
      into.add(row.candle(partition));
    }
  }
}
