package dev.candles.lake.parquet;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.core.time.LakeTime;
import dev.candles.lake.parquet.decode.ColumnValues;
import dev.candles.lake.parquet.decode.RowGroup;
import dev.candles.lake.parquet.decode.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes files of the coverage change log. A file of which one row makes no sense is
 * refused.
 */
public final class CoverageFiles {
  private static final int MAX_ROWS = 1_000_000;

  private CoverageFiles() {}

  /**
   * Reads all rows of a file, in the file's order.
   *
   * @throws UnreadableFileException if it is not a file of coverage
   * @throws IOException if it cannot be loaded; {@link java.nio.file.NoSuchFileException} if it is
   *     gone
   */
  public static List<CoverageRow> read(Path file) throws IOException {
    return read(file, open -> {});
  }

  /**
   * Reads all rows of a file that has no column but the lake's: whoever writes them again loses
   * nothing.
   *
   * @throws UnreadableFileException if it is not a file of coverage, or has other columns
   * @throws IOException if it cannot be loaded; {@link java.nio.file.NoSuchFileException} if it is
   *     gone
   */
  public static List<CoverageRow> readWhole(Path file) throws IOException {
    return read(file, open -> open.refuseOtherColumns(Schemas.COVERAGE));
  }

  private static List<CoverageRow> read(Path file, OpenFile.Inspection inspection)
      throws IOException {
    return OpenFile.read(
        file,
        Schemas.COVERAGE,
        open -> {
          inspection.look(open);
          List<CoverageRow> all = new ArrayList<>();
          Map<StreamKey, StreamKey> streams = new HashMap<>();
          open.read(Schemas.COVERAGE, MAX_ROWS, group -> addRows(group, streams, all));
          return all;
        });
  }

  /**
   * How many rows a file says it has; they are not looked at.
   *
   * @throws UnreadableFileException if it is not a Parquet file
   * @throws IOException if it cannot be loaded
   */
  public static long rows(Path file) throws IOException {
    return OpenFile.read(file, Schemas.COVERAGE, TableFile::rows);
  }

  /**
   * Writes a new file of rows. The caller gives it a temporary name first, and flushes it.
   *
   * @throws IOException if it cannot be written, or is there already
   */
  public static void write(Path file, List<CoverageRow> rows) throws IOException {
    try (ParquetWriter<CoverageRow> writer = LakeParquet.coverage(new LocalOutputFile(file))) {
      for (CoverageRow row : rows) {
        writer.write(row);
      }
    }
  }

  /** A file has many rows of few streams: they share their names. */
  private static void addRows(
      RowGroup group, Map<StreamKey, StreamKey> streams, List<CoverageRow> into)
      throws IOException {
    ColumnValues venue = group.column("venue");
    ColumnValues symbol = group.column("symbol");
    ColumnValues timeframe = group.column("timeframe");
    ColumnValues from = group.column("from_ms");
    ColumnValues to = group.column("to_ms");
    ColumnValues state = group.column("state");
    ColumnValues reason = group.column("reason");
    ColumnValues evidence = group.column("evidence");
    ColumnValues seq = group.column("seq");
    ColumnValues at = group.column("at_ms");
    for (int i = 0; i < group.rows(); i++) {
      StreamKey stream =
          new StreamKey(venue.stringAt(i), symbol.stringAt(i), timeframe(timeframe.stringAt(i)));
      CoverageRow row =
          new CoverageRow(
              streams.computeIfAbsent(stream, same -> same),
              from.longAt(i),
              to.longAt(i),
              IntervalState.valueOf(state.stringAt(i)),
              Reason.valueOf(reason.stringAt(i)),
              evidence(evidence.stringOrNull(i)),
              seq.longAt(i),
              at.longAt(i));
      check(row);
      into.add(row);
    }
  }

  private static Timeframe timeframe(String label) throws IOException {
    return Timeframe.of(label).orElseThrow(() -> new IOException("no such timeframe: " + label));
  }

  private static @Nullable Evidence evidence(@Nullable String name) {
    return name == null ? null : Evidence.valueOf(name);
  }

  private static void check(CoverageRow row) throws IOException {
    Timeframe timeframe = row.stream().timeframe();
    if (row.fromMs() > row.toMs()
        || !timeframe.aligned(row.fromMs())
        || !timeframe.aligned(row.toMs())) {
      throw new IOException("coverage row is not of whole intervals: " + row);
    }
    if (!LakeTime.holds(row.fromMs(), row.toMs())) {
      throw new IOException("coverage row is of a time that no lake is about: " + row);
    }
    if (row.seq() < 0 || row.seq() > CoverageRow.MAX_SEQ) {
      throw new IOException(
          "coverage row has a number that no writer gives: seq="
              + row.seq()
              + " expected=0 to "
              + CoverageRow.MAX_SEQ
              + ", row: "
              + row);
    }
  }
}
